package io.phalanx.placement.explain;

import static io.phalanx.placement.Samples.MARKET;
import static io.phalanx.placement.Samples.demand;
import static io.phalanx.placement.Samples.miner;
import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Constraint;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.Preference;
import io.phalanx.placement.Samples;
import io.phalanx.placement.TierSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RelaxationTest {
  private static final PlacementEngine ENGINE = new PlacementEngine();
  private static final Explainer EXPLAINER = new Explainer(ENGINE, Duration.ofMinutes(1));
  private static final long RICH = 1_000_000_000_000L;

  @Nested
  class OneField {
    @Test
    void namesTheLeastBidThatBuys() {
      assertThat(
              changes(demand("d", 1, 1, 50), idle(miner("1", 3, "a", 80), miner("2", 3, "b", 70))))
          .containsExactly(List.of(Change.number(Field.MAX_GAS_PRICE, 70)));
    }

    @Test
    void namesTheLeastBidThatOutbids() {
      assertThat(
              changes(
                  demand("d", 1, 1, 100), idle(miner("1", 3, "a", 80)), demand("first", 1, 1, 200)))
          .containsExactly(List.of(Change.number(Field.MAX_GAS_PRICE, 201)));
    }

    @Test
    void doesNotProposeABidThatNothingCanPay() {
      Inquiry poor = new Inquiry(demand("d", 1, 1, 50), false, true, 69);
      assertThat(explain(poor, idle(miner("2", 3, "b", 70))).relaxations()).isEmpty();
    }

    @Test
    void namesEachTierThatWouldDo() {
      Demand strict = strict("d", TierSet.of(1), 0, Set.of(), Set.of());
      assertThat(changes(strict, idle(miner("1", 2, "a", 10), miner("2", 4, "b", 10))))
          .containsExactlyInAnyOrder(
              List.of(Change.number(Field.TIERS, TierSet.of(1, 2).mask())),
              List.of(Change.number(Field.TIERS, TierSet.of(1, 4).mask())));
    }

    @Test
    void takesTheOperatorThatStandsInTheWayOffTheList() {
      Demand strict = strict("d", TierSet.of(3), 0, Set.of(), Set.of("a", "z"));
      assertThat(changes(strict, idle(miner("1", 3, "a", 10))))
          .containsExactly(List.of(Change.names(Field.DENY_OPERATORS, Set.of("z"))));
    }

    @Test
    void takesFewerAtOnceWhenTheRestIsBusy() {
      assertThat(
              changes(demand("d", 3, 3, 900), idle(miner("1", 3, "a", 1), miner("2", 3, "b", 1))))
          .containsExactly(List.of(Change.number(Field.MIN_REPLICAS, 2)));
    }

    @Test
    void putsMoreOnOneOperator() {
      assertThat(
              changes(
                  demand("d", 2, 2, 900, 1), idle(miner("1", 3, "a", 1), miner("2", 3, "a", 1))))
          .containsExactlyInAnyOrder(
              List.of(Change.number(Field.MAX_PER_OPERATOR, 2)),
              List.of(Change.number(Field.MIN_REPLICAS, 1)));
    }
  }

  @Nested
  class TwoFields {
    @Test
    void areNamedOnlyWhereNoneAloneWouldDo() {
      Demand strict = strict("d", TierSet.of(1), 2000, Set.of(), Set.of());
      assertThat(changes(strict, idle(miner("1", 3, "a", 10))))
          .containsExactly(
              List.of(
                  Change.number(Field.TIERS, TierSet.of(1, 3).mask()),
                  Change.number(Field.MIN_PERFORMANCE, 800)));
    }
  }

  @Nested
  class Nothing {
    @Test
    void isProposedForWhatIsPlaceable() {
      assertThat(changes(demand("d", 1, 1, 900), idle(miner("1", 3, "a", 10)))).isEmpty();
    }

    @Test
    void isProposedForWhatCanBeChangedNoMore() {
      Inquiry fixed = new Inquiry(demand("d", 1, 1, 50), false, false, RICH);
      assertThat(explain(fixed, idle(miner("1", 3, "a", 70))).relaxations()).isEmpty();
    }

    @Test
    void isProposedWhenEveryMinerIsBusy() {
      RegisteredMiner busy = new RegisteredMiner(miner("1", 3, "a", 70), Set.of(Constraint.BUSY));
      assertThat(changes(demand("d", 1, 1, 50), List.of(busy))).isEmpty();
    }
  }

  @Nested
  class Every {
    @Test
    void oneIsTrueWhenTriedByTheRounds() {
      int tried = 0;
      for (long seed = 0; seed < 400; seed++) {
        Case one = Case.random(seed, 1 + (int) (seed % 3));
        for (Relaxation relaxation : one.explanation().relaxations()) {
          assertThat(one.isPlacedWith(relaxation.changes()))
              .as("seed %d: %s", seed, relaxation)
              .isTrue();
          tried++;
        }
      }
      assertThat(tried).isGreaterThan(200);
    }

    @Test
    void fieldThatAloneWouldDoIsNamed() {
      int named = 0;
      for (long seed = 0; seed < 400; seed++) {
        Case one = Case.random(seed, 1);
        Explanation explanation = one.explanation();
        for (Change weakest : Case.WEAKEST) {
          if (explanation.verdict() != Verdict.PLACEABLE
              && !one.hasEquals(List.of(weakest))
              && one.isPlacedWith(List.of(weakest))) {
            assertThat(explanation.relaxations())
                .as("seed %d, %s", seed, weakest.field())
                .anyMatch(
                    r -> r.changes().size() == 1 && r.changes().get(0).field() == weakest.field());
            named++;
          }
        }
      }
      assertThat(named).isGreaterThan(50);
    }

    @Test
    void figureIsTheLeastThatDoes() {
      int tried = 0;
      for (long seed = 0; seed < 1500; seed++) {
        Case one = Case.random(seed, 2);
        for (Relaxation relaxation : one.explanation().relaxations()) {
          for (Change change : relaxation.changes()) {
            List<Change> more = Case.askingMore(relaxation.changes(), change);
            if (!one.isContestedByGangs() && !more.isEmpty() && !one.hasEquals(more)) {
              assertThat(one.isPlacedWith(more))
                  .as("seed %d: %s, with more of %s", seed, relaxation, change.field())
                  .isFalse();
              tried++;
            }
          }
        }
      }
      assertThat(tried).isGreaterThan(50);
    }

    @Test
    void pairNeedsBothOfItsFields() {
      int tried = 0;
      for (long seed = 0; seed < 400; seed++) {
        Case one = Case.random(seed, 1);
        for (Relaxation relaxation : one.explanation().relaxations()) {
          for (Change change : relaxation.changes()) {
            List<Change> alone = List.of(change);
            if (relaxation.changes().size() == 2 && !one.hasEquals(alone)) {
              assertThat(one.isPlacedWith(alone)).as("seed %d: %s", seed, relaxation).isFalse();
              tried++;
            }
          }
        }
      }
      assertThat(tried).isGreaterThan(20);
    }
  }

  /** A demand in a round that has little room for it. */
  private record Case(Demand demand, NetworkView view) {
    static final List<Change> WEAKEST =
        List.of(
            Change.number(Field.TIERS, TierSet.of(1, 2, 3, 4, 5).mask()),
            Change.number(Field.MIN_PERFORMANCE, 0),
            Change.number(Field.MAX_GAS_PRICE, RICH),
            Change.names(Field.REGIONS, Set.of()),
            Change.names(Field.ALLOW_OPERATORS, Set.of()),
            Change.names(Field.DENY_OPERATORS, Set.of()),
            Change.number(Field.MAX_PER_OPERATOR, 0));

    static Case random(long seed, int widest) {
      PlacementProblem problem = Samples.random(seed, 8, 6, widest);
      SplittableRandom random = new SplittableRandom(seed);
      List<RegisteredMiner> miners = new ArrayList<>();
      for (Candidate candidate : problem.candidates()) {
        Set<Constraint> blockers = random.nextInt(3) == 0 ? Set.of(Constraint.BUSY) : Set.of();
        miners.add(new RegisteredMiner(candidate, blockers));
      }
      Demand demand = problem.demands().get(random.nextInt(problem.demands().size()));
      return new Case(
          demand,
          new NetworkView(miners, problem.demands(), problem.market(), problem.objective()));
    }

    Explanation explanation() {
      return explain(new Inquiry(demand, false, true, RICH), view);
    }

    boolean isPlacedWith(List<Change> changes) {
      PlacementProblem round = Round.of(demand, view).with(changed(changes));
      return ENGINE.solve(round, Samples.LIMITS).lines().stream()
          .anyMatch(line -> line.deploymentId().equals(demand.deploymentId()));
    }

    /** The round breaks ties by what suits it best, an explanation never counts on that. */
    boolean hasEquals(List<Change> changes) {
      long value = value(changed(changes));
      return view.queue().stream()
          .anyMatch(other -> !Round.isSame(other, demand) && value(other) == value);
    }

    boolean isContestedByGangs() {
      return view.queue().stream()
          .anyMatch(other -> !Round.isSame(other, demand) && other.required() > 1);
    }

    private long value(Demand one) {
      return view.objective().value(one, view.market().referencePrice());
    }

    private Demand changed(List<Change> changes) {
      Demand changed = demand;
      for (Change change : changes) {
        changed = change.in(changed);
      }
      return changed;
    }

    /** The same changes, but one of them a little less generous; none where there is no less. */
    static List<Change> askingMore(List<Change> changes, Change one) {
      long step =
          switch (one.field()) {
            case MIN_PERFORMANCE, MIN_REPLICAS -> 1;
            case MAX_GAS_PRICE -> -1;
            case TIERS, REGIONS, ALLOW_OPERATORS, DENY_OPERATORS, MAX_PER_OPERATOR -> 0;
          };
      return step == 0
          ? List.of()
          : changes.stream()
              .map(c -> c.equals(one) ? Change.number(c.field(), c.number() + step) : c)
              .toList();
    }
  }

  private static List<RegisteredMiner> idle(Candidate... miners) {
    return java.util.Arrays.stream(miners).map(m -> new RegisteredMiner(m, Set.of())).toList();
  }

  private static Demand strict(
      String id, TierSet tiers, int performance, Set<String> regions, Set<String> denied) {
    return new Demand(
        id,
        tiers,
        performance,
        900,
        regions,
        Set.of(),
        denied,
        Set.of(),
        Preference.BALANCED,
        1,
        1,
        0,
        Map.of(),
        0);
  }

  private static List<List<Change>> changes(
      Demand demand, List<RegisteredMiner> miners, Demand... queue) {
    return explain(new Inquiry(demand, false, true, RICH), miners, queue).relaxations().stream()
        .map(Relaxation::changes)
        .toList();
  }

  private static Explanation explain(
      Inquiry inquiry, List<RegisteredMiner> miners, Demand... queue) {
    return explain(inquiry, new NetworkView(miners, List.of(queue), MARKET, Objective.DEFAULT));
  }

  private static Explanation explain(Inquiry inquiry, NetworkView view) {
    return EXPLAINER.explain(inquiry, view);
  }
}
