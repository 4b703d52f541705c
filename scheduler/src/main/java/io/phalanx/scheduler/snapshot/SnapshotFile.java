package io.phalanx.scheduler.snapshot;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.journal.JournalHead;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * One snapshot on disk, numbers big-endian.
 *
 * <ol>
 *   <li>{@code phalanx-snapshot} in ASCII, then the format version: 4 bytes
 *   <li>SHA-256 of all that follows: 32 bytes
 *   <li>of the journal's head: position 8 bytes, epoch 8 bytes, hash 32 bytes
 *   <li>the state, gzip
 * </ol>
 */
record SnapshotFile(Path path) {
  private static final byte[] MAGIC = "phalanx-snapshot".getBytes(US_ASCII);
  private static final int VERSION = 1;
  private static final int DIGEST_AT = MAGIC.length + Integer.BYTES;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Writes all of it and makes the contents durable, not yet the name. */
  void write(JournalHead at, SnapshotStore.Writer state) throws IOException {
    try (FileChannel channel = FileChannel.open(path, CREATE, TRUNCATE_EXISTING, WRITE)) {
      writeFully(channel, ByteBuffer.allocate(DIGEST_AT).put(MAGIC).putInt(VERSION).flip(), 0);
      channel.position(DIGEST_AT + Hash.LENGTH);
      MessageDigest digest = sha256();
      OutputStream out =
          new BufferedOutputStream(
              new DigestOutputStream(Channels.newOutputStream(channel), digest), BUFFER_BYTES);
      writeHead(at, out);
      QuickGzip gzip = new QuickGzip(out);
      state.writeTo(gzip);
      gzip.finish();
      out.flush();
      writeFully(channel, ByteBuffer.wrap(digest.digest()), DIGEST_AT);
      channel.force(true);
    }
  }

  /**
   * Checks all of it, then hands it to the reader.
   *
   * @throws IOException or {@link SnapshotUnusableException} if it is not whole
   */
  <T> T read(SnapshotStore.Reader<T> reader) throws IOException {
    verify();
    try (DataInputStream in = open()) {
      in.skipNBytes(DIGEST_AT + Hash.LENGTH);
      long last = in.readLong();
      long epoch = in.readLong();
      JournalHead at = new JournalHead(last, Hash.of(in.readNBytes(Hash.LENGTH)), epoch);
      return reader.read(at, new GZIPInputStream(in, BUFFER_BYTES));
    }
  }

  private void verify() throws IOException {
    try (DataInputStream in = open()) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new SnapshotUnusableException("it is not a snapshot");
      }
      int version = in.readInt();
      if (version != VERSION) {
        throw new SnapshotUnusableException("its format version is " + version + ", not 1");
      }
      byte[] expected = in.readNBytes(Hash.LENGTH);
      MessageDigest digest = sha256();
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      if (!MessageDigest.isEqual(digest.digest(), expected)) {
        throw new SnapshotUnusableException("its contents do not have its hash");
      }
    }
  }

  private DataInputStream open() throws IOException {
    InputStream in = Files.newInputStream(path);
    return new DataInputStream(new BufferedInputStream(in, BUFFER_BYTES));
  }

  private static void writeHead(JournalHead at, OutputStream to) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    out.writeLong(at.last());
    out.writeLong(at.epoch());
    out.write(at.hash().toBytes());
    out.flush();
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Gzip at its quickest level, and never closing what it writes to. */
  private static final class QuickGzip extends GZIPOutputStream {
    QuickGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
