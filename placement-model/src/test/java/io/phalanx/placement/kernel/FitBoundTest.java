package io.phalanx.placement.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.Samples;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FitBoundTest {
  @Nested
  class Of {
    @Test
    void isNoLessThanTheBestFitOfAnythingThatPlacesAsMuch() {
      int checked = 0;
      for (int seed = 0; seed < 400; seed++) {
        Instance instance = new Instance(Samples.random(seed, 1 + seed % 7, 1 + seed % 4, 3), seed);
        Kernel kernel = solve(instance);
        long best = bestFit(instance, kernel.board().placed);
        assertThat(kernel.board().fit()).as("seed %d", seed).isLessThanOrEqualTo(best);
        assertThat(kernel.fitBound().of(kernel.board().placed))
            .as("seed %d", seed)
            .isGreaterThanOrEqualTo(best);
        checked += best > 0 ? 1 : 0;
      }
      assertThat(checked).isGreaterThan(200);
    }

    @Test
    void holdsAtAnyPrices() {
      for (int seed = 0; seed < 400; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        Instance instance = new Instance(Samples.random(seed, 1 + seed % 7, 1 + seed % 4, 3), seed);
        int[] placed = solve(instance).board().placed;
        long[] price = random.longs(instance.miners(), 0, 4_000).toArray();
        assertThat(new FitBound(instance, price).of(placed))
            .as("seed %d", seed)
            .isGreaterThanOrEqualTo(bestFit(instance, placed));
      }
    }

    @Test
    void isCloseToWhatIsReached() {
      long reached = 0;
      long bound = 0;
      for (int seed = 0; seed < 20; seed++) {
        PlacementProblem problem = Samples.random(seed, 300, 60, 3);
        Kernel kernel = solve(new Instance(problem, seed));
        reached += kernel.board().fit();
        bound += kernel.fitBound().of(kernel.board().placed);
      }
      assertThat(bound - reached).isBetween(0L, bound / 500);
    }
  }

  private static Kernel solve(Instance instance) {
    Kernel kernel = Kernel.construct(instance);
    kernel.raiseFit(new Deadline(java.time.Duration.ofMinutes(5), () -> 0));
    return kernel;
  }

  /** The best fit of all plans that place so many slots of each demand, by trying every one. */
  private static long bestFit(Instance instance, int[] placed) {
    int[] left = placed.clone();
    return best(instance, 0, left, new int[instance.demands][instance.miners()]);
  }

  private static long best(Instance instance, int miner, int[] left, int[][] onOperator) {
    if (miner == instance.miners()) {
      for (int count : left) {
        if (count > 0) {
          return Long.MIN_VALUE;
        }
      }
      return 0;
    }
    long best = best(instance, miner + 1, left, onOperator);
    int operator = instance.operator(miner);
    for (int d = 0; d < left.length; d++) {
      if (left[d] > 0
          && instance.suits(d, miner)
          && onOperator[d][operator] < instance.room(d, operator)) {
        left[d]--;
        onOperator[d][operator]++;
        long rest = best(instance, miner + 1, left, onOperator);
        best = rest == Long.MIN_VALUE ? best : Math.max(best, rest + instance.fit(d, miner));
        left[d]++;
        onOperator[d][operator]--;
      }
    }
    return best;
  }
}
