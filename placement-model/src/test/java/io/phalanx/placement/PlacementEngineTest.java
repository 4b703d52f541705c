package io.phalanx.placement;

import static io.phalanx.placement.Samples.LIMITS;
import static io.phalanx.placement.Samples.demand;
import static io.phalanx.placement.Samples.miner;
import static io.phalanx.placement.Samples.problem;
import static io.phalanx.placement.Samples.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.placement.exact.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.optaplanner.core.config.solver.EnvironmentMode;

class PlacementEngineTest {
  private static final PlacementEngine ENGINE = new PlacementEngine();

  @Nested
  class Solve {
    @Test
    void placesWhoIsWorthMore() {
      PlacementPlan plan =
          solve(List.of(miner("a")), List.of(demand("low", 1, 1, 500), demand("high", 1, 1, 600)));
      assertThat(plan.lines()).extracting(Line::deploymentId).containsExactly("high");
      assertThat(plan.value()).isEqualTo(600);
    }

    @Test
    void placesWhoWaitedLongerAmongEqualBids() {
      Demand patient = waited("patient", 7_200);
      PlacementPlan plan = solve(List.of(miner("a")), List.of(waited("new", 0), patient));
      assertThat(plan.lines()).extracting(Line::deploymentId).containsExactly("patient");
      assertThat(plan.value()).isEqualTo(500 + 2 * 1000);
    }

    @Test
    void movesOneAsideSoThatBothFit() {
      Candidate secure = miner("a", 1, "op", 100);
      Candidate other = miner("b", 5, "op", 100);
      Demand any = demand("any", 1, 1, 900);
      Demand picky = tiers(demand("picky", 1, 1, 500), TierSet.of(1));
      PlacementPlan plan = solve(List.of(secure, other), List.of(any, picky));
      assertThat(plan.lines())
          .extracting(Line::deploymentId, Line::minerId)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple("any", "b"),
              org.assertj.core.groups.Tuple.tuple("picky", "a"));
    }

    @Test
    void placesNothingOfAGangThatDoesNotFit() {
      PlacementPlan plan =
          solve(
              List.of(miner("a"), miner("b")),
              List.of(demand("gang", 3, 3, 900), demand("single", 1, 1, 100)));
      assertThat(plan.lines()).extracting(Line::deploymentId).containsExactly("single");
      assertThat(plan.valueBound()).isGreaterThanOrEqualTo(plan.value());
    }

    @Test
    void placesMoreThanTheMinimumWhenThereIsRoom() {
      PlacementPlan plan =
          solve(List.of(miner("a"), miner("b"), miner("c")), List.of(demand("d", 5, 2, 900)));
      assertThat(plan.lines()).hasSize(3);
    }

    @Test
    void prefersTwoGangsToTheOneInTheirWay() {
      List<Candidate> miners = List.of(miner("a"), miner("b"), miner("c"), miner("e"));
      PlacementPlan plan =
          solve(
              miners,
              List.of(
                  demand("three", 3, 3, 700), demand("two", 2, 2, 690), demand("2", 2, 2, 680)));
      assertThat(plan.value()).isEqualTo(2 * 690 + 2 * 680);
    }

    @Test
    void countsLiveReplicasAgainstTheOperatorsCap() {
      Demand capped = live(demand("d", 2, 1, 900, 2), Map.of("op", 1));
      PlacementPlan plan =
          solve(List.of(miner("a", 3, "op", 1), miner("b", 3, "op", 1)), List.of(capped));
      assertThat(plan.lines()).hasSize(1);
    }

    @Test
    void returnsNothingWithoutMinersOrDemands() {
      assertThat(solve(List.of(), List.of(demand("d", 1, 1, 1))).lines()).isEmpty();
      assertThat(solve(List.of(miner("a")), List.of()).lines()).isEmpty();
      assertThat(solve(List.of(miner("a")), List.of(demand("d", 1, 1, 1))).lines()).isEmpty();
    }

    @Test
    void capsHugeBids() {
      PlacementPlan plan =
          solve(List.of(miner("a")), List.of(demand("d", 1, 1, 1_000_000_000_000L)));
      assertThat(plan.value()).isEqualTo(20_000);
    }

    @Test
    void isFeasibleAndWithinItsBounds() {
      for (int seed = 0; seed < 150; seed++) {
        PlacementProblem problem = random(seed, seed % 40, 1 + seed % 23, 1 + seed % 6);
        PlanChecker.check(problem, ENGINE.solve(problem, LIMITS));
      }
    }

    @Test
    void hasTheBestValueOfTinyProblems() {
      for (int seed = 0; seed < 400; seed++) {
        PlacementProblem problem = random(seed, 1 + seed % 6, 1 + seed % 5, 3);
        PlacementPlan plan = ENGINE.solve(problem, LIMITS);
        long[] best = BruteForce.best(problem);
        assertThat(plan.value()).as("value of seed %d", seed).isEqualTo(best[0]);
        assertThat(plan.fit()).as("fit of seed %d", seed).isLessThanOrEqualTo(best[1]);
      }
    }

    @Test
    void comesCloseToTheBestFitOfTinyProblems() {
      long fit = 0;
      long bestFit = 0;
      for (int seed = 1000; seed < 1200; seed++) {
        PlacementProblem problem = random(seed, 1 + seed % 6, 1 + seed % 5, 2);
        fit += ENGINE.solve(problem, LIMITS).fit();
        bestFit += BruteForce.best(problem)[1];
      }
      assertThat(fit).isGreaterThan(bestFit * 998 / 1000);
    }

    @Test
    void isRepeatable() {
      PlacementProblem problem = random(5, 60, 40, 4);
      PlacementPlan plan = ENGINE.solve(problem, LIMITS);
      PlacementPlan again = new PlacementEngine().solve(problem, LIMITS);
      assertThat(again.lines()).isEqualTo(plan.lines());
      assertThat(again.searchSteps()).isEqualTo(plan.searchSteps());
      assertThat(plan.outOfTime()).isFalse();
    }

    @Test
    void isFeasibleWithoutAnyTime() {
      PlacementProblem problem = random(6, 60, 40, 4);
      PlacementPlan plan = ENGINE.solve(problem, SolveLimits.of(0, Duration.ZERO));
      PlanChecker.check(problem, plan);
      assertThat(plan.outOfTime()).isTrue();
    }

    @Test
    void repeatsAPlanThatRanOutOfTimeByItsSteps() {
      PlacementProblem problem = random(8, 80, 60, 4);
      SolveLimits few = new SolveLimits(3, Duration.ofMinutes(5), 2, 1);
      PlacementPlan plan = ENGINE.solve(problem, few);
      assertThat(plan.exchangeSteps()).isLessThanOrEqualTo(2);
      assertThat(plan.searchSteps()).isLessThanOrEqualTo(1);
      assertThat(ENGINE.solve(problem, few).lines()).isEqualTo(plan.lines());
    }

    @Test
    void scoresAsTheConstraintsDoAtEveryStep() {
      PlacementEngine asserting = new PlacementEngine(EnvironmentMode.FULL_ASSERT);
      for (int seed = 0; seed < 12; seed++) {
        PlacementProblem problem = random(seed, 12, 10, 3);
        PlanChecker.check(problem, asserting.solve(problem, LIMITS));
      }
    }

    @Test
    void scoresAndUndoesExchangesOfGangsAsTheStreamsDo() {
      PlacementEngine asserting = new PlacementEngine(EnvironmentMode.FULL_ASSERT);
      int attempts = 0;
      for (int seed = 0; seed < 2; seed++) {
        PlacementProblem problem = Shape.adversarial(150, 60, 8).problem(seed);
        PlacementPlan plan =
            asserting.solve(problem, new SolveLimits(seed, Duration.ofMinutes(5), 15, 100));
        PlanChecker.check(problem, plan);
        attempts += plan.exchangeSteps();
      }
      assertThat(attempts).isEqualTo(30);
    }

    @Test
    void exchangesNothingWhenNoGangIsLeftOut() {
      PlacementProblem problem =
          problem(
              List.of(miner("a"), miner("b")),
              List.of(demand("gang", 2, 2, 900), demand("late", 1, 1, 100)));
      assertThat(ENGINE.solve(problem, LIMITS).exchangeSteps()).isZero();
    }

    @Test
    void isAsGoodAfterEveryExchange() {
      PlacementProblem problem = Shape.adversarial(400, 120, 10).problem(1);
      long before = 0;
      for (int attempts = 0; attempts <= 40; attempts += 4) {
        PlacementPlan plan =
            ENGINE.solve(problem, new SolveLimits(1, Duration.ofMinutes(5), attempts, 0));
        assertThat(plan.exchangeSteps()).isEqualTo(attempts);
        assertThat(plan.value()).isGreaterThanOrEqualTo(before);
        before = plan.value();
      }
    }
  }

  private static PlacementPlan solve(List<Candidate> miners, List<Demand> demands) {
    PlacementProblem problem = problem(miners, demands);
    PlacementPlan plan = ENGINE.solve(problem, LIMITS);
    PlanChecker.check(problem, plan);
    return plan;
  }

  private static Demand waited(String id, long seconds) {
    Demand d = demand(id, 1, 1, 500);
    return new Demand(
        id,
        d.tiers(),
        0,
        500,
        d.regions(),
        d.allowOperators(),
        d.denyOperators(),
        d.excludedMiners(),
        d.preference(),
        1,
        1,
        0,
        Map.of(),
        seconds);
  }

  private static Demand tiers(Demand d, TierSet tiers) {
    return new Demand(
        d.deploymentId(),
        tiers,
        0,
        d.maxGasPrice(),
        d.regions(),
        d.allowOperators(),
        d.denyOperators(),
        d.excludedMiners(),
        d.preference(),
        d.lacking(),
        d.required(),
        d.maxPerOperator(),
        Map.of(),
        0);
  }

  private static Demand live(Demand d, Map<String, Integer> live) {
    return new Demand(
        d.deploymentId(),
        d.tiers(),
        0,
        d.maxGasPrice(),
        d.regions(),
        d.allowOperators(),
        d.denyOperators(),
        d.excludedMiners(),
        d.preference(),
        d.lacking(),
        d.required(),
        d.maxPerOperator(),
        live,
        0);
  }
}
