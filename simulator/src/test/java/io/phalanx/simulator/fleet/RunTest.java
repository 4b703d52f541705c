package io.phalanx.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RunTest {
  private static final long SECOND = 1_000_000_000L;

  private static Offer offer(long lastSequence, long lastGasUsed) {
    return new Offer("a", "d", "", 5, "Offered", BigInteger.TEN, lastSequence, lastGasUsed);
  }

  @Nested
  class Gas {
    @Test
    void isNothingBeforeTheStartAndStandsStillAfterTheEnd() {
      Run run = new Run(offer(0, 0), 1_000_000);
      assertThat(run.gas(99 * SECOND)).isZero();
      run.start(100 * SECOND);
      assertThat(run.gas(102 * SECOND)).isEqualTo(2_000_000);
      run.finish(103 * SECOND);
      assertThat(run.gas(999 * SECOND)).isEqualTo(3_000_000);
    }

    @Test
    void neverRunsAheadOfWhatTheMachineCanDoAndNeverFalls() {
      SplittableRandom random = new SplittableRandom(11);
      for (int i = 0; i < 200; i++) {
        long perSecond = 1 + random.nextLong(6_000_000);
        Run run = new Run(offer(0, 0), perSecond);
        run.start(0);
        long before = 0;
        long now = 0;
        for (int step = 0; step < 50; step++) {
          now += random.nextLong(10 * SECOND);
          long gas = run.gas(now);
          assertThat(gas).isGreaterThanOrEqualTo(before);
          assertThat((double) gas).isLessThanOrEqualTo(perSecond * (now / 1e9));
          before = gas;
        }
      }
    }
  }

  @Nested
  class Read {
    @Test
    void goesOnFromTheLastSequenceAndGasOfARestartedMiner() {
      Run run = new Run(offer(7, 5_000), 1_000_000);
      run.start(0);
      Reading first = run.read(SECOND, false);
      assertThat(first).isEqualTo(new Reading("a", 5, 8, 1_005_000, false));
      assertThat(run.newlyReported(first)).isEqualTo(1_000_000);
      Reading second = run.read(2 * SECOND, true);
      assertThat(second).isEqualTo(new Reading("a", 5, 9, 2_005_000, true));
      assertThat(run.newlyReported(second)).isEqualTo(1_000_000);
    }
  }
}
