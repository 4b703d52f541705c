package io.phalanx.simulator.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.math.BigInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private final Statistics statistics = new Statistics();

  @Nested
  class AcceptedToPlaced {
    @Test
    void isSummedUpInMilliseconds() {
      for (int ms = 1; ms <= 100; ms++) {
        statistics.acceptedToPlaced(ms * 1_000_000L);
      }
      LatencySummary summary = statistics.acceptedToPlacedMs();
      assertThat(summary.count()).isEqualTo(100);
      assertThat(summary.p50()).isCloseTo(50, offset(0.1));
      assertThat(summary.p90()).isCloseTo(90, offset(0.1));
      assertThat(summary.p99()).isCloseTo(99, offset(0.1));
      assertThat(summary.max()).isCloseTo(100, offset(0.1));
    }

    @Test
    void isNothingForAnEventThatCameBeforeTheAnswer() {
      statistics.acceptedToPlaced(-5);
      assertThat(statistics.acceptedToPlacedMs().max()).isZero();
    }
  }

  @Nested
  class ReadingCharged {
    @Test
    void addsUpGasAndFees() {
      statistics.readingCharged(5, new BigInteger("9".repeat(25)));
      statistics.readingCharged(6, BigInteger.ONE);
      assertThat(statistics.get(Count.GAS_CHARGED)).isEqualTo(11);
      assertThat(statistics.get(Count.READINGS)).isEqualTo(2);
      assertThat(statistics.feesCharged()).isEqualTo(BigInteger.TEN.pow(25));
    }
  }
}
