package io.phalanx.placement.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Line;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.PlanChecker;
import io.phalanx.placement.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ThinningTest {
  private static final PlacementEngine ENGINE = new PlacementEngine();

  @Nested
  class Kept {
    @Test
    void areTheMostValuableOfAKindAsManyAsThereAreMiners() {
      List<Demand> demands = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        demands.add(Samples.demand("d" + i, 1, 1, 500 + 100 * (i % 5)));
      }
      Instance instance = thinned(List.of(Samples.miner("a"), Samples.miner("b")), demands);
      assertThat(names(instance)).containsExactly("d3", "d4");
    }

    @Test
    void areTheFirstAmongEquals() {
      List<Demand> demands =
          List.of(
              Samples.demand("d0", 1, 1, 700),
              Samples.demand("d1", 1, 1, 700),
              Samples.demand("d2", 1, 1, 700));
      assertThat(names(thinned(List.of(Samples.miner("a")), demands))).containsExactly("d0");
    }

    @Test
    void areWithoutGangsThatNoPlanCouldHold() {
      List<Demand> demands =
          List.of(Samples.demand("gang", 5, 3, 900), Samples.demand("small", 5, 2, 800));
      Instance instance = thinned(List.of(Samples.miner("a"), Samples.miner("b")), demands);
      assertThat(names(instance)).containsExactly("small");
    }

    @Test
    void areWithoutThoseThatNoMinerSuits() {
      Candidate dear = Samples.miner("a", 3, "op", 600);
      List<Demand> demands =
          List.of(Samples.demand("poor", 1, 1, 500), Samples.demand("rich", 1, 1, 601));
      assertThat(names(thinned(List.of(dear), demands))).containsExactly("rich");
    }

    @Test
    void areEnoughForABestPlan() {
      int left = 0;
      for (int seed = 0; seed < 300; seed++) {
        PlacementProblem problem = crowded(seed);
        Instance instance = thinned(problem.candidates(), problem.demands());
        left += problem.demands().size() - instance.demands();
        PlacementPlan plan = ENGINE.solve(problem, Samples.LIMITS);
        PlanChecker.check(problem, plan);
        Kernel whole = Kernel.construct(new Instance(problem, 7));
        whole.exchange(0, 7); // which bounds the value more tightly when a gang was left out
        assertThat(plan.value()).as("seed %d", seed).isGreaterThanOrEqualTo(whole.board().value());
        assertThat(plan.valueBound()).as("seed %d", seed).isEqualTo(whole.valueBound());
      }
      assertThat(left).isGreaterThan(1_000);
    }

    @Test
    void leaveThePlanOfAProblemWithoutTheOthers() {
      PlacementProblem problem = crowded(5);
      List<Demand> kept = new ArrayList<>();
      Instance instance = thinned(problem.candidates(), problem.demands());
      for (int d = 0; d < instance.demands(); d++) {
        kept.add(instance.demand(d));
      }
      PlacementProblem smaller =
          new PlacementProblem(problem.candidates(), kept, problem.market(), problem.objective());
      List<Line> lines = ENGINE.solve(problem, Samples.LIMITS).lines();
      assertThat(lines).isEqualTo(ENGINE.solve(smaller, Samples.LIMITS).lines()).isNotEmpty();
    }
  }

  /** A few miners, many singles of few kinds, and a few of any kind among them. */
  private static PlacementProblem crowded(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PlacementProblem drawn = Samples.random(seed, 3 + random.nextInt(10), 6, 3);
    List<Demand> demands = new ArrayList<>(drawn.demands());
    for (int i = 0; i < 30; i++) {
      Demand single = Samples.demand("s" + i, 1, 1, 300 + random.nextInt(3_000), i % 2);
      demands.add(random.nextInt(demands.size() + 1), single);
    }
    return new PlacementProblem(drawn.candidates(), demands, drawn.market(), drawn.objective());
  }

  private static Instance thinned(List<Candidate> miners, List<Demand> demands) {
    Instance.Question question = new Instance.Question(demands, Samples.MARKET, Objective.DEFAULT);
    return Instance.thinned(FleetIndex.of(miners), question, 0, 7);
  }

  private static List<String> names(Instance instance) {
    List<String> names = new ArrayList<>();
    for (int d = 0; d < instance.demands(); d++) {
      names.add(instance.demand(d).deploymentId());
    }
    return names;
  }
}
