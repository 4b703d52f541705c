package io.phalanx.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CallerRatesTest {
  private static final long SECOND = 1_000_000_000L;
  private final AtomicLong nanos = new AtomicLong();
  private final CallerRates rates = new CallerRates(10, 1_000, nanos::get);

  @Nested
  class Take {
    @Test
    void grantsEachCallerItsShareAndNoMore() {
      for (int i = 0; i < 10; i++) {
        assertThat(rates.take("a", 0)).isTrue();
      }
      assertThat(rates.take("a", 0)).isFalse();
      assertThat(rates.take("b", 0)).isTrue();
      nanos.addAndGet(SECOND / 10);
      assertThat(rates.take("a", 0)).isTrue();
      assertThat(rates.take("a", 0)).isFalse();
    }

    @Test
    void countsBytesToo() {
      assertThat(rates.take("a", 900)).isTrue();
      assertThat(rates.take("a", 200)).isFalse();
      nanos.addAndGet(SECOND / 10);
      assertThat(rates.take("a", 200)).isTrue();
    }

    @Test
    void letsOneLargeBodyThroughAndHasItPaidBack() {
      assertThat(rates.take("a", 3_000)).isTrue();
      nanos.addAndGet(2 * SECOND);
      assertThat(rates.take("a", 1)).isFalse();
      nanos.addAndGet(SECOND);
      assertThat(rates.take("a", 1)).isTrue();
    }

    @Test
    void forgetsTheQuietOnes() {
      for (int i = 0; i < 70_000; i++) {
        rates.take("caller " + i, 0);
        nanos.addAndGet(SECOND / 1_000);
      }
      assertThat(rates.size()).isLessThanOrEqualTo(65_536);
    }
  }

  @Nested
  class HasLeft {
    @Test
    void takesNothing() {
      for (int i = 0; i < 100; i++) {
        assertThat(rates.hasLeft("a")).isTrue();
      }
      for (int i = 0; i < 10; i++) {
        rates.take("a", 0);
      }
      assertThat(rates.hasLeft("a")).isFalse();
    }
  }
}
