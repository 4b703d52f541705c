package io.phalanx.placement.explain;

import static io.phalanx.placement.Samples.MARKET;
import static io.phalanx.placement.Samples.demand;
import static io.phalanx.placement.Samples.miner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.placement.Constraint;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementEngine;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final Explainer EXPLAINER =
      new Explainer(new PlacementEngine(), Duration.ofMinutes(1));
  private static final RegisteredMiner IDLE = registered("idle", 100);
  private static final RegisteredMiner BUSY = registered("busy", 100, Constraint.BUSY);
  private static final RegisteredMiner DEAR =
      registered("dear", 950, Constraint.STOPPED, Constraint.EVIDENCE);

  @Nested
  class Explain {
    @Test
    void countsEveryMinerThatFails() {
      Explanation explanation = explain(demand("d", 1, 1, 900), List.of(IDLE, BUSY, DEAR));
      assertThat(explanation.eliminations())
          .containsExactly(
              new Elimination(Constraint.GAS_PRICE, 1),
              new Elimination(Constraint.STOPPED, 1),
              new Elimination(Constraint.BUSY, 1),
              new Elimination(Constraint.EVIDENCE, 1));
      assertThat(explanation.eligibleMiners()).isEqualTo(2);
      assertThat(explanation.idleEligibleMiners()).isEqualTo(1);
    }

    @Test
    void saysPlaceableWhenTheNextRoundCan() {
      assertThat(explain(demand("d", 1, 1, 900), List.of(IDLE)).verdict())
          .isEqualTo(Verdict.PLACEABLE);
    }

    @Test
    void saysWaitingWhenAllAreBusy() {
      assertThat(explain(demand("d", 1, 1, 900), List.of(BUSY)).verdict())
          .isEqualTo(Verdict.WAITING);
    }

    @Test
    void saysWaitingBehindWhoIsWorthMore() {
      Explanation explanation =
          explain(demand("d", 1, 1, 900), List.of(IDLE), demand("first", 1, 1, 901));
      assertThat(explanation.verdict()).isEqualTo(Verdict.WAITING);
      assertThat(explanation.queuePosition()).isEqualTo(2);
    }

    @Test
    void saysPlaceableWhenMinersAreHeldForItWhoeverIsWorthMore() {
      Explanation explanation =
          explain(demand("d", 1, 1, 900), List.of(held("d")), demand("first", 1, 1, 901));
      assertThat(explanation.verdict()).isEqualTo(Verdict.PLACEABLE);
      assertThat(explanation.eliminations()).isEmpty();
      assertThat(explanation.idleEligibleMiners()).isEqualTo(1);
    }

    @Test
    void saysWaitingForOneThatIsHeldForAnother() {
      Explanation explanation =
          explain(demand("d", 1, 1, 900), List.of(held("gang")), demand("gang", 1, 1, 800));
      assertThat(explanation.verdict()).isEqualTo(Verdict.WAITING);
      assertThat(explanation.eliminations())
          .containsExactly(new Elimination(Constraint.RESERVED, 1));
      assertThat(explanation.eligibleMiners()).isEqualTo(1);
      assertThat(explanation.idleEligibleMiners()).isZero();
      assertThat(explanation.runnersUp()).isEmpty();
    }

    @Test
    void knowsThatOthersTakeTheMinersThatAreHeldForThem() {
      Explanation explanation =
          explain(demand("d", 1, 1, 900), List.of(IDLE, held("first")), demand("first", 1, 1, 901));
      assertThat(explanation.verdict()).isEqualTo(Verdict.PLACEABLE);
    }

    @Test
    void saysWaitingWhenTooFewAreIdleForAGang() {
      Explanation explanation = explain(demand("d", 2, 2, 900), List.of(IDLE, BUSY));
      assertThat(explanation.verdict()).isEqualTo(Verdict.WAITING);
      assertThat(explanation.eliminations()).contains(new Elimination(Constraint.MIN_REPLICAS, 0));
    }

    @Test
    void saysNeverWhenTheWholeFleetWouldNotDo() {
      assertThat(explain(demand("d", 3, 3, 900), List.of(IDLE, BUSY, DEAR)).verdict())
          .isEqualTo(Verdict.NEVER);
      assertThat(explain(demand("d", 1, 1, 50), List.of(IDLE)).verdict()).isEqualTo(Verdict.NEVER);
      assertThat(explain(demand("d", 1, 1, 900), List.of()).verdict()).isEqualTo(Verdict.NEVER);
    }

    @Test
    void saysNeverWhenTheOperatorsCapStandsInTheWay() {
      RegisteredMiner one = new RegisteredMiner(miner("1", 3, "op", 1), Set.of());
      RegisteredMiner two = new RegisteredMiner(miner("2", 3, "op", 1), Set.of());
      assertThat(explain(demand("d", 2, 2, 900, 1), List.of(one, two)).verdict())
          .isEqualTo(Verdict.NEVER);
    }

    @Test
    void takesTheCallersWordThatItIsPlaced() {
      Explanation explanation =
          EXPLAINER.explain(
              new Inquiry(demand("d", 1, 1, 900), true, false, 0), view(List.of(IDLE)));
      assertThat(explanation.verdict()).isEqualTo(Verdict.PLACED);
      assertThat(explanation.queuePosition()).isZero();
    }

    @Test
    void ranksEqualsByTheirPlaceInTheQueue() {
      Demand one = demand("one", 1, 1, 900);
      Demand two = demand("two", 1, 1, 900);
      assertThat(explain(one, List.of(), one, two).queuePosition()).isEqualTo(1);
      assertThat(explain(two, List.of(), one, two).queuePosition()).isEqualTo(2);
    }
  }

  @Nested
  class WhyNot {
    @Test
    void namesWhatThePairAndTheMinerFail() {
      assertThat(Explainer.whyNot(demand("d", 1, 1, 900), DEAR))
          .containsExactly(Constraint.GAS_PRICE, Constraint.STOPPED, Constraint.EVIDENCE);
      assertThat(Explainer.whyNot(demand("d", 1, 1, 900), IDLE)).isEmpty();
    }

    @Test
    void knowsOnlyBlockersOfTheMiner() {
      assertThatThrownBy(() -> registered("x", 1, Constraint.TIER))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static RegisteredMiner registered(String id, long ask, Constraint... blockers) {
    return new RegisteredMiner(miner(id, 3, "op-" + id, ask), Set.of(blockers));
  }

  private static RegisteredMiner held(String deploymentId) {
    return new RegisteredMiner(miner("held", 3, "op", 100).reservedFor(deploymentId), Set.of());
  }

  private static Explanation explain(Demand demand, List<RegisteredMiner> miners, Demand... queue) {
    return EXPLAINER.explain(new Inquiry(demand, false, true, Long.MAX_VALUE), view(miners, queue));
  }

  private static NetworkView view(List<RegisteredMiner> miners, Demand... queue) {
    return new NetworkView(miners, List.of(queue), MARKET, Objective.DEFAULT);
  }
}
