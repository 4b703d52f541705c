package io.phalanx.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Miners that are held for one deployment. */
class ReservedMinersTest {
  private static final PlacementEngine ENGINE = new PlacementEngine();
  private static final SolveLimits LIMITS = new SolveLimits(3, Duration.ofSeconds(30), 200, 2_000);

  /** The same problem with some miners held for deployments, one of which is not there. */
  private static PlacementProblem reserving(PlacementProblem problem, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candidate> miners = new ArrayList<>();
    for (Candidate miner : problem.candidates()) {
      int holder = random.nextInt(2 * problem.demands().size() + 1);
      boolean held = holder <= problem.demands().size();
      miners.add(held ? miner.reservedFor("d" + holder) : miner);
    }
    return new PlacementProblem(miners, problem.demands(), problem.market(), problem.objective());
  }

  @Nested
  class Solve {
    @Test
    void givesThemToTheirDeploymentOnly() {
      Candidate held = Samples.miner("a").reservedFor("low");
      PlacementPlan plan =
          ENGINE.solve(
              Samples.problem(
                  List.of(held),
                  List.of(Samples.demand("high", 1, 1, 900), Samples.demand("low", 1, 1, 500))),
              LIMITS);
      assertThat(plan.lines()).extracting(Line::deploymentId).containsExactly("low");
    }

    @Test
    void givesThemToNobodyWhenTheirDeploymentIsNotThere() {
      Candidate held = Samples.miner("a").reservedFor("gone");
      PlacementPlan plan =
          ENGINE.solve(
              Samples.problem(List.of(held), List.of(Samples.demand("d", 1, 1, 900))), LIMITS);
      assertThat(plan.lines()).isEmpty();
    }

    @Test
    void isFeasibleAndWithinItsBounds() {
      for (int seed = 0; seed < 100; seed++) {
        PlacementProblem problem =
            reserving(Samples.random(seed, seed % 40, 1 + seed % 23, 1 + seed % 6), seed);
        PlanChecker.check(problem, ENGINE.solve(problem, LIMITS));
      }
    }

    @Test
    void hasTheBestValueOfTinyProblems() {
      for (int seed = 0; seed < 200; seed++) {
        PlacementProblem problem =
            reserving(Samples.random(seed, 1 + seed % 6, 1 + seed % 5, 3), seed);
        long[] best = BruteForce.best(problem);
        assertThat(ENGINE.solve(problem, LIMITS).value())
            .as("value of seed %d", seed)
            .isEqualTo(best[0]);
      }
    }
  }

  @Nested
  class Price {
    @Test
    void isNotRaisedByWhoMayNotHaveThem() {
      Candidate held = Samples.miner("a").reservedFor("low");
      PlacementProblem problem =
          Samples.problem(
              List.of(held),
              List.of(Samples.demand("high", 1, 1, 450), Samples.demand("low", 1, 1, 500)));
      PlacementPlan plan = ENGINE.solve(problem, LIMITS);
      assertThat(ClearingPrices.of(problem, plan))
          .extracting(PricedLine::gasPrice)
          .containsExactly(held.ask());
    }
  }
}
