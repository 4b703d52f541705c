package io.phalanx.placement.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Market;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.Samples;
import io.phalanx.placement.SolveLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FleetIndexTest {
  private static final PlacementEngine ENGINE = new PlacementEngine();

  @Nested
  class Kept {
    @Test
    void plansAsAFreshOneDoesAfterAnyChanges() {
      for (long seed = 0; seed < 40; seed++) {
        new History(seed).run();
      }
    }
  }

  @Nested
  class Candidates {
    @Test
    void areIdleForAsLongAsTheyAreByThen() {
      FleetIndex index = new FleetIndex();
      index.put(7, Samples.miner("b"), 5_000);
      index.put(3, Samples.miner("a"), 9_500);
      assertThat(index.candidates(12_000))
          .extracting(Candidate::minerId, Candidate::idleSeconds)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("a", 2L),
              org.assertj.core.groups.Tuple.tuple("b", 7L));
    }

    @Test
    void areGoneOnceTakenOut() {
      FleetIndex index = new FleetIndex();
      index.put(1, Samples.miner("a"), 0);
      index.put(2, Samples.miner("b"), 0);
      index.remove("a");
      index.remove("nobody");
      assertThat(index.candidates(0)).extracting(Candidate::minerId).containsExactly("b");
      assertThat(index.size()).isEqualTo(1);
      assertThat(index.has("a")).isFalse();
    }
  }

  /** Miners come, change and go, time passes and prices move; now and then somebody plans. */
  private static final class History {
    private final SplittableRandom random;
    private final long seed;
    private final FleetIndex index = new FleetIndex();
    private final TreeMap<Long, Candidate> miners = new TreeMap<>();
    private final TreeMap<Long, Long> since = new TreeMap<>();
    private long nowMs = 1_000_000;
    private long reference = 1000;

    History(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
    }

    void run() {
      for (int step = 0; step < 30; step++) {
        for (int change = random.nextInt(20); change > 0; change--) {
          change();
        }
        nowMs += random.nextInt(3) == 0 ? 0 : random.nextInt(100_000);
        reference = random.nextInt(6) == 0 ? 200 + random.nextInt(2000) : reference;
        compare();
      }
    }

    private void change() {
      long order = random.nextInt(40);
      if (random.nextInt(3) == 0) {
        miners.remove(order);
        index.remove("m" + order);
      } else {
        Candidate miner =
            new Candidate(
                "m" + order,
                1 + random.nextInt(5),
                random.nextInt(4000),
                "op" + random.nextInt(random.nextBoolean() ? 4 : 400),
                random.nextBoolean() ? "eu" : "us",
                random.nextInt(900),
                0);
        miners.put(order, miner);
        since.put(order, nowMs - random.nextInt(10_000));
        index.put(order, miner, since.get(order));
      }
    }

    private void compare() {
      PlacementProblem drawn = Samples.random(seed + nowMs, 1, 12, 3);
      List<Demand> demands = drawn.demands();
      Market market = new Market(reference, 5, 9, Map.of("op1", random.nextInt(9), "op2", 3));
      List<Candidate> candidates = index.candidates(nowMs);
      assertThat(candidates).extracting(Candidate::minerId).isEqualTo(ids());
      PlacementPlan fresh =
          ENGINE.solve(
              new PlacementProblem(candidates, demands, market, Objective.DEFAULT), limits());
      PlacementPlan kept =
          ENGINE.solve(
              index, new Instance.Question(demands, market, Objective.DEFAULT), nowMs, limits());
      assertThat(kept.lines()).as("seed %d", seed).isEqualTo(fresh.lines());
      assertThat(kept.valueBound()).isEqualTo(fresh.valueBound());
      assertThat(kept.fitBound()).isEqualTo(fresh.fitBound());
    }

    private List<String> ids() {
      return miners.values().stream().map(Candidate::minerId).toList();
    }

    private SolveLimits limits() {
      return new SolveLimits(seed, Duration.ofMinutes(5), 50, 200);
    }
  }
}
