package io.phalanx.scheduler.unit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times on the wire: RFC 3339 in UTC with milliseconds. */
public final class Timestamps {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** The wire form of Unix milliseconds. */
  public static String text(long ms) {
    return FORM.format(Instant.ofEpochMilli(ms));
  }

  /** The wire form of a time that may not have come. */
  public static @Nullable String textOrNull(@Nullable Long ms) {
    return ms == null ? null : text(ms);
  }
}
