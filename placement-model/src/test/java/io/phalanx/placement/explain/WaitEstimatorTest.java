package io.phalanx.placement.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Constraint;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Market;
import io.phalanx.placement.Objective;
import io.phalanx.placement.Preference;
import io.phalanx.placement.TierSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WaitEstimatorTest {
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final Candidate GOOD = miner("good", 1);
  private static final Candidate PLAIN = miner("plain", 4);

  private static Candidate miner(String id, int tier) {
    return new Candidate(id, tier, 1000, "op-" + id, "eu", 100, 0);
  }

  private static Demand demand(String id, int replicas, long bid, int... tiers) {
    return new Demand(
        id,
        TierSet.of(tiers),
        0,
        bid,
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        Preference.BALANCED,
        replicas,
        replicas,
        0,
        Map.of(),
        0);
  }

  /** Sixty plain miners fell Idle within an hour. */
  private static Optional<WaitEstimate> estimate(Demand demand, List<Demand> ahead) {
    return estimate(demand, ahead, Collections.nCopies(60, PLAIN), List.of());
  }

  private static Optional<WaitEstimate> estimate(
      Demand demand, List<Demand> ahead, List<Candidate> freed, List<Demand> passing) {
    return WaitEstimator.of(
        new WaitQuestion(demand, ahead, false, freed, HOUR_MS, passing, HOUR_MS, 0));
  }

  private static List<Demand> many(int count, int... tiers) {
    List<Demand> demands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      demands.add(demand("r" + i, 1, 900, tiers));
    }
    return demands;
  }

  @Nested
  class Of {
    @Test
    void isAMinuteForWhoIsNextWhereOneFallsIdleEachMinute() {
      WaitEstimate next = estimate(demand("d", 1, 500, 1, 2, 3, 4), List.of()).orElseThrow();
      assertThat(next.p50Ms()).isBetween(25_000L, 65_000L); // ln 2 minutes
      assertThat(next.p90Ms()).isBetween(100_000L, 220_000L); // ln 10 minutes
    }

    @Test
    void growsWithWhatIsAhead() {
      Demand demand = demand("d", 1, 500, 4);
      WaitEstimate behindTen = estimate(demand, many(10, 4)).orElseThrow();
      WaitEstimate behindThousand = estimate(demand, many(1000, 4)).orElseThrow();
      assertThat(behindTen.p50Ms()).isBetween(480_000L, 840_000L);
      assertThat(behindThousand.p50Ms()).isBetween(48_000_000L, 76_000_000L);
    }

    @Test
    void doesNotCountThoseAheadWhoWantOthers() {
      Demand demand = demand("d", 1, 500, 4);
      assertThat(estimate(demand, many(50, 1))).isEqualTo(estimate(demand, List.of()));
    }

    @Test
    void growsWithWhoArrivesAndPasses() {
      Demand demand = demand("d", 1, 500, 4);
      List<Candidate> freed = Collections.nCopies(60, PLAIN);
      long alone = estimate(demand, many(10, 4), freed, List.of()).orElseThrow().p50Ms();
      long passed = estimate(demand, many(10, 4), freed, many(40, 4)).orElseThrow().p50Ms();
      assertThat(passed).isGreaterThan(3 * alone / 2);
    }

    @Test
    void isEmptyWhereNobodySuitableWasSeen() {
      assertThat(estimate(demand("d", 1, 500, 1), List.of())).isEmpty();
      assertThat(estimate(demand("d", 1, 500, 1), List.of(), List.of(GOOD), List.of())).isPresent();
    }

    @Test
    void isEmptyWhereMoreArriveThatPassItThanFallIdle() {
      List<Candidate> freed = Collections.nCopies(60, PLAIN);
      assertThat(estimate(demand("d", 1, 500, 4), many(100, 4), freed, many(300, 4))).isEmpty();
    }

    @Test
    void isLongerForSeveralAtOnce() {
      long one = estimate(demand("d", 1, 500, 4), List.of()).orElseThrow().p50Ms();
      long five = estimate(demand("d", 5, 500, 4), List.of()).orElseThrow().p50Ms();
      assertThat(five).isGreaterThan(3 * one);
    }

    @Test
    void saysTheSameAgain() {
      Demand demand = demand("d", 2, 500, 4);
      assertThat(estimate(demand, many(30, 4))).isEqualTo(estimate(demand, many(30, 4)));
    }
  }

  @Nested
  class Observed {
    private final Demand demand = demand("d", 1, 500, 4);

    private NetworkView network(Set<Constraint> blockers) {
      return new NetworkView(
          List.of(new RegisteredMiner(PLAIN, blockers)),
          List.of(demand),
          new Market(1000, 1, 1, Map.of()),
          Objective.DEFAULT);
    }

    @Test
    void needsASecondAtLeast() {
      WaitObservations observations = new WaitObservations(0);
      observations.freed("plain", 500);
      NetworkView busy = network(Set.of(Constraint.BUSY));
      assertThat(observations.estimate(demand, busy, 0, 999)).isEmpty();
      assertThat(observations.estimate(demand, busy, 0, 1000)).isPresent();
    }

    @Test
    void forgetsAfterHalfAnHour() {
      WaitObservations observations = new WaitObservations(0);
      observations.freed("plain", 500);
      NetworkView busy = network(Set.of(Constraint.BUSY));
      assertThat(observations.estimate(demand, busy, 0, HOUR_MS)).isEmpty();
    }

    @Test
    void leavesOutWhoHasLeft() {
      WaitObservations observations = new WaitObservations(0);
      observations.freed("plain", 500);
      NetworkView left = network(Set.of(Constraint.COOLING_DOWN));
      assertThat(observations.estimate(demand, left, 0, 2000)).isEmpty();
    }
  }
}
