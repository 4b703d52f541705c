package io.phalanx.api.auth;

import io.phalanx.scheduler.access.AccessKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its holder has it: {@code phx_ID_SECRET}. The secret has 256 random bits, so its
 * plain SHA-256 tells nothing of it.
 *
 * @param id names the key; no secret
 * @param secret 64 hex digits
 */
public record ApiKey(String id, String secret) {

  private static final Pattern FORM = Pattern.compile("phx_(k-[0-9a-f]{16})_([0-9a-f]{64})");
  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 32;

  /** A new key. */
  public static ApiKey draw(RandomGenerator random) {
    return new ApiKey(newId(random), hex(random, SECRET_BYTES));
  }

  /** An id for a key that has no secret. */
  public static String newId(RandomGenerator random) {
    return "k-" + hex(random, ID_BYTES);
  }

  private static String hex(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The key that the text is, if it is one. */
  public static Optional<ApiKey> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new ApiKey(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** What is kept of the secret: its SHA-256, hex. */
  public String secretHash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether it is that issued key; takes the same time however much of it fits. */
  boolean opens(AccessKey key) {
    String hash = key.secretHash();
    return hash != null
        && key.isLive()
        && MessageDigest.isEqual(
            hash.getBytes(StandardCharsets.US_ASCII),
            secretHash().getBytes(StandardCharsets.US_ASCII));
  }

  /** The key as its holder presents it. */
  public String text() {
    return "phx_" + id + "_" + secret;
  }

  /** Hides the secret: a record's own text would show it. */
  @Override
  public String toString() {
    return "phx_" + id + "_…";
  }
}
