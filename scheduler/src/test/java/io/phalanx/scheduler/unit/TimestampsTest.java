package io.phalanx.scheduler.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampsTest {
  private static final DateTimeFormatter SLOW =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Nested
  class Text {
    @ParameterizedTest
    @CsvSource({
      "0, 1970-01-01T00:00:00.000Z",
      "1, 1970-01-01T00:00:00.001Z",
      "951782399999, 2000-02-28T23:59:59.999Z",
      "951782400000, 2000-02-29T00:00:00.000Z",
      "1767268806250, 2026-01-01T12:00:06.250Z",
      "253402300799999, 9999-12-31T23:59:59.999Z",
    })
    void isRfc3339WithMilliseconds(long ms, String text) {
      assertThat(Timestamps.text(ms)).isEqualTo(text);
    }

    @Test
    void isWhatAFormatterMakesOfAnyTime() {
      long seed = 3;
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < 20_000; i++) {
        long ms = random.nextLong(-100_000_000_000L, 300_000_000_000_000L);
        assertThat(Timestamps.text(ms))
            .as("%d, seed %d", ms, seed)
            .isEqualTo(SLOW.format(Instant.ofEpochMilli(ms)));
      }
    }
  }
}
