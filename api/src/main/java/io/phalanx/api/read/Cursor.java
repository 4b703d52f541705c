package io.phalanx.api.read;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A place in a list, opaque to clients: behind the item that began at that position. It stays good
 * while items come and go, and serves both orders.
 *
 * @param position the journal position, or the number, that orders the list, 0..2^53−1
 */
public record Cursor(long position) {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private static final long HIGHEST = (1L << 53) - 1;

  /** Refuses a place that no item can have. */
  public Cursor {
    if (position < 0 || position > HIGHEST) {
      throw new IllegalArgumentException("cursor " + position);
    }
  }

  /** The form that clients hand back. */
  public String text() {
    String plain = "p" + Long.toString(position, 36);
    return ENCODER.encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }

  /** The place that a client names; none if it is not one that was ever handed out. */
  public static Optional<Cursor> parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
      if (!plain.startsWith("p")) {
        return Optional.empty();
      }
      Cursor cursor = new Cursor(Long.parseLong(plain.substring(1), 36));
      return cursor.text().equals(text) ? Optional.of(cursor) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
