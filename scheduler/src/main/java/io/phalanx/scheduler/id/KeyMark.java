package io.phalanx.scheduler.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What is kept of the use of an idempotency key: whose it is and for which body, as digests.
 *
 * <p>The body's digest is cut to half: whoever finds two bodies with the same one gets the answer
 * to the first for both, and deceives nobody else.
 *
 * @param scope caller, method, path and key
 * @param bodyHigh bytes 0 to 7 of the body's SHA-256, big-endian
 * @param bodyLow bytes 8 to 15
 */
public record KeyMark(KeyScope scope, long bodyHigh, long bodyLow) {

  /** Length in bytes. */
  public static final int LENGTH = 6 * Long.BYTES;

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(KeyMark::newDigest);

  /**
   * The mark of a use.
   *
   * @param scope caller, method, path and key
   * @param body the bytes that were sent
   */
  public static KeyMark of(String scope, byte[] body) {
    MessageDigest sha = SHA_256.get();
    ByteBuffer name = ByteBuffer.wrap(sha.digest(scope.getBytes(StandardCharsets.UTF_8)));
    ByteBuffer content = ByteBuffer.wrap(sha.digest(body));
    return new KeyMark(
        new KeyScope(name.getLong(), name.getLong(), name.getLong(), name.getLong()),
        content.getLong(),
        content.getLong());
  }

  /** The mark that is written so. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static KeyMark parse(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("no key's mark: " + text);
    }
    return read(ByteBuffer.wrap(bytes));
  }

  /** The mark that stands next in the buffer. */
  public static KeyMark read(ByteBuffer from) {
    return new KeyMark(
        new KeyScope(from.getLong(), from.getLong(), from.getLong(), from.getLong()),
        from.getLong(),
        from.getLong());
  }

  /** Puts its {@link #LENGTH} bytes into the buffer. */
  public ByteBuffer write(ByteBuffer to) {
    to.putLong(scope.a()).putLong(scope.b()).putLong(scope.c()).putLong(scope.d());
    return to.putLong(bodyHigh).putLong(bodyLow);
  }

  /** 64 characters of URL-safe base64. */
  @JsonValue
  public String text() {
    return Base64.getUrlEncoder().encodeToString(write(ByteBuffer.allocate(LENGTH)).array());
  }

  /** Whether the other use was for the same body. */
  public boolean hasBodyOf(KeyMark other) {
    return bodyHigh == other.bodyHigh && bodyLow == other.bodyLow;
  }

  @Override
  public String toString() {
    return text();
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
