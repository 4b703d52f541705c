package io.phalanx.scheduler.unit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times on the wire: RFC 3339 in UTC with milliseconds. */
public final class Timestamps {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final byte[] SHAPE = "0000-00-00T00:00:00.000Z".getBytes(ISO_8859_1);
  private static final long DAY_MS = 86_400_000;

  /** 10000-01-01: from there on, and before 1970, a year may have another length. */
  private static final long SHAPELESS_FROM_MS = 253_402_300_800_000L;

  private Timestamps() {}

  /** The wire form of Unix milliseconds. */
  public static String text(long ms) {
    return ms < 0 || ms >= SHAPELESS_FROM_MS ? FORM.format(Instant.ofEpochMilli(ms)) : shaped(ms);
  }

  /** The formatter takes ten times as long, and every receipt has a time. */
  private static String shaped(long ms) {
    byte[] text = SHAPE.clone();
    LocalDate date = LocalDate.ofEpochDay(ms / DAY_MS);
    int ofDay = (int) (ms % DAY_MS);
    digits(text, 3, date.getYear());
    digits(text, 6, date.getMonthValue());
    digits(text, 9, date.getDayOfMonth());
    digits(text, 12, ofDay / 3_600_000);
    digits(text, 15, ofDay / 60_000 % 60);
    digits(text, 18, ofDay / 1_000 % 60);
    digits(text, 22, ofDay % 1_000);
    return new String(text, ISO_8859_1);
  }

  private static void digits(byte[] text, int lastAt, int number) {
    int at = lastAt;
    for (int rest = number; rest > 0; rest /= 10) {
      text[at--] = (byte) ('0' + rest % 10);
    }
  }

  /** The wire form of a time that may not have come. */
  public static @Nullable String textOrNull(@Nullable Long ms) {
    return ms == null ? null : text(ms);
  }
}
