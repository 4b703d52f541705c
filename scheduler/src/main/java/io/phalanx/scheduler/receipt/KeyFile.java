package io.phalanx.scheduler.receipt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.phalanx.scheduler.proof.SigningKey;
import io.phalanx.scheduler.proof.SigningKeys;
import io.phalanx.scheduler.proof.SigningKeys.Dated;
import io.phalanx.scheduler.storage.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler's private keys on disk: PKCS#8 in PEM (RFC 8410), as {@code openssl genpkey
 * -algorithm ed25519} writes them, one after the other, readable by their owner only. Before each
 * but the first a line says from when on it signs: {@code valid-from: 2026-12-01T00:00:00Z}.
 */
public final class KeyFile {
  /** Name of the file in the data folder unless another is configured. */
  public static final String FILE = "scheduler-key.pem";

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final String VALID_FROM = "valid-from:";

  /** What stands before the 32 secret bytes in the PKCS#8 form of every Ed25519 key. */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private KeyFile() {}

  /**
   * The keys in that file, which is made with one if it is absent.
   *
   * @param random makes the secret: must be a {@link java.security.SecureRandom} outside of tests
   * @throws ReceiptsFailedException if it cannot be read or made, or others may read it
   */
  public static SigningKeys open(Path file, RandomGenerator random) {
    try {
      if (!Files.exists(file)) {
        make(file, random);
      }
      return read(file);
    } catch (IOException e) {
      throw new ReceiptsFailedException(file + " cannot be used", e);
    }
  }

  private static SigningKeys read(Path file) throws IOException {
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw new ReceiptsFailedException(file + " may be readable by its owner only (0600)", null);
    }
    String text = Files.readString(file, US_ASCII);
    List<Dated> keys = new ArrayList<>();
    int at = 0;
    for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, at)) {
      int end = text.indexOf(END, begin);
      if (end < 0) {
        throw new ReceiptsFailedException(file + " is no PEM private key", null);
      }
      String base64 = text.substring(begin + BEGIN.length(), end);
      keys.add(new Dated(from(file, text.substring(at, begin)), SigningKey.of(seed(file, base64))));
      at = end + END.length();
    }
    if (keys.isEmpty() || !text.substring(at).isBlank()) {
      throw new ReceiptsFailedException(file + " is no PEM private key", null);
    }
    try {
      return new SigningKeys(keys);
    } catch (IllegalArgumentException e) {
      throw new ReceiptsFailedException(file + ": " + e.getMessage(), e);
    }
  }

  /** What stands before a key: nothing, or from when on it signs. */
  private static @Nullable Instant from(Path file, String heading) {
    String line = heading.strip();
    if (line.isEmpty()) {
      return null;
    }
    try {
      if (line.startsWith(VALID_FROM)) {
        return Instant.parse(line.substring(VALID_FROM.length()).strip())
            .truncatedTo(ChronoUnit.MILLIS);
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw new ReceiptsFailedException(
        file + ": before a key may stand \"" + VALID_FROM + " TIME\" only, not: " + line, null);
  }

  private static byte[] seed(Path file, String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new ReceiptsFailedException(file + " is no PEM private key", e);
    }
    if (bytes.length != PREFIX.length + SigningKey.SEED_BYTES
        || !Arrays.equals(Arrays.copyOf(bytes, PREFIX.length), PREFIX)) {
      throw new ReceiptsFailedException(file + " holds no Ed25519 key", null);
    }
    return Arrays.copyOfRange(bytes, PREFIX.length, bytes.length);
  }

  private static void make(Path file, RandomGenerator random) throws IOException {
    byte[] seed = new byte[SigningKey.SEED_BYTES];
    random.nextBytes(seed);
    byte[] bytes = Arrays.copyOf(PREFIX, PREFIX.length + seed.length);
    System.arraycopy(seed, 0, bytes, PREFIX.length, seed.length);
    String text = BEGIN + "\n" + Base64.getEncoder().encodeToString(bytes) + "\n" + END + "\n";
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new ReceiptsFailedException(file + " is no file", null);
    }
    Folders.make(folder);
    Path unfinished = Files.createTempFile(folder, FILE, ".tmp"); // 0600 from the first byte
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      ByteBuffer content = ByteBuffer.wrap(text.getBytes(US_ASCII));
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    try {
      Files.createLink(file, unfinished); // never over another one's key
    } catch (FileAlreadyExistsException e) {
      return; // another process was quicker: its key is read
    } finally {
      Files.delete(unfinished);
    }
    Folders.sync(folder);
  }
}
