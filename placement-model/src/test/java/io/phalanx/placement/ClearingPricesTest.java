package io.phalanx.placement;

import static io.phalanx.placement.Samples.demand;
import static io.phalanx.placement.Samples.miner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClearingPricesTest {
  private static final PlacementEngine ENGINE = new PlacementEngine();
  private static final Candidate A = miner("a", 3, "op-a", 100);
  private static final Candidate B = miner("b", 3, "op-b", 150);

  @Nested
  class Of {
    @Test
    void isTheAskWhenNothingWasLeftOut() {
      assertThat(prices(List.of(A, B), demand("d", 1, 1, 900), demand("e", 1, 1, 800)))
          .containsExactlyInAnyOrder(100L, 150L);
    }

    @Test
    void isTheHighestBidOfWhoWasLeftOut() {
      assertThat(
              prices(
                  List.of(A),
                  demand("win", 1, 1, 900),
                  demand("lo", 1, 1, 300),
                  demand("hi", 1, 1, 400)))
          .containsExactly(400L);
    }

    @Test
    void isNeverAboveTheWinnersBid() {
      Demand patient =
          new Demand(
              "patient",
              TierSet.of(3),
              0,
              200,
              java.util.Set.of(),
              java.util.Set.of(),
              java.util.Set.of(),
              java.util.Set.of(),
              Preference.FAST,
              1,
              1,
              0,
              java.util.Map.of(),
              36_000);
      assertThat(prices(List.of(A), patient, demand("rich", 1, 1, 5000))).containsExactly(200L);
    }

    @Test
    void ignoresWhoCouldNotHaveHadTheMiner() {
      Demand elsewhere =
          new Demand(
              "elsewhere",
              TierSet.of(1),
              0,
              700,
              java.util.Set.of(),
              java.util.Set.of(),
              java.util.Set.of(),
              java.util.Set.of(),
              Preference.FAST,
              1,
              1,
              0,
              java.util.Map.of(),
              0);
      assertThat(prices(List.of(A), demand("win", 1, 1, 900), elsewhere, demand("poor", 1, 1, 99)))
          .containsExactly(100L);
    }

    @Test
    void ignoresAnOpenSlotThatTheOperatorsCapKeepsOut() {
      // its second slot could go to op-a only, where the first one is
      assertThat(prices(List.of(A), demand("two", 2, 1, 900, 1))).containsExactly(100L);
    }

    @Test
    void isBetweenAskAndBidOnAnyPlan() {
      for (int seed = 0; seed < 40; seed++) {
        PlacementProblem problem = Samples.random(seed, 30, 25, 3);
        PlacementPlan plan = ENGINE.solve(problem, Samples.LIMITS);
        for (PricedLine priced : ClearingPrices.of(problem, plan)) {
          assertThat(priced.gasPrice()).isEqualTo(expected(problem, plan, priced.line()));
        }
      }
    }

    @Test
    void refusesAPlanOfAnotherProblem() {
      PlacementPlan plan =
          ENGINE.solve(
              Samples.problem(List.of(A), List.of(demand("d", 1, 1, 900))), Samples.LIMITS);
      PlacementProblem other = Samples.problem(List.of(B), List.of(demand("d", 1, 1, 900)));
      assertThatThrownBy(() -> ClearingPrices.of(other, plan))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** The rule as it reads. */
  private static long expected(PlacementProblem problem, PlacementPlan plan, Line line) {
    Candidate miner =
        problem.candidates().stream()
            .filter(c -> c.minerId().equals(line.minerId()))
            .findFirst()
            .orElseThrow();
    long price = miner.ask();
    long bid = 0;
    for (Demand demand : problem.demands()) {
      List<Line> own =
          plan.lines().stream()
              .filter(l -> l.deploymentId().equals(demand.deploymentId()))
              .toList();
      long there = own.stream().filter(l -> operator(problem, l).equals(miner.operator())).count();
      if (own.size() < demand.lacking()
          && there < demand.roomOn(miner.operator())
          && Eligibility.accepts(demand, miner)) {
        price = Math.max(price, demand.maxGasPrice());
      }
      bid = demand.deploymentId().equals(line.deploymentId()) ? demand.maxGasPrice() : bid;
    }
    return Math.min(bid, price);
  }

  private static String operator(PlacementProblem problem, Line line) {
    return problem.candidates().stream()
        .filter(c -> c.minerId().equals(line.minerId()))
        .findFirst()
        .orElseThrow()
        .operator();
  }

  private static List<Long> prices(List<Candidate> miners, Demand... demands) {
    PlacementProblem problem = Samples.problem(miners, List.of(demands));
    return ClearingPrices.of(problem, ENGINE.solve(problem, Samples.LIMITS)).stream()
        .map(PricedLine::gasPrice)
        .toList();
  }
}
