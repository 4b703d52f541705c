package io.phalanx.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EligibilityTest {
  private static final Candidate MINER = new Candidate("m", 3, 800, "op", "eu", 100, 0);

  @Nested
  class Failed {
    @Test
    void isEmptyAtEveryLimit() {
      Demand exact =
          new Demand(
              "d",
              TierSet.of(3),
              800,
              100,
              Set.of("eu"),
              Set.of("op"),
              Set.of("other"),
              Set.of("x"),
              Preference.FAST,
              1,
              1,
              2,
              Map.of("op", 1),
              0);
      assertThat(Eligibility.failed(exact, MINER)).isEmpty();
      assertThat(Eligibility.accepts(exact, MINER)).isTrue();
    }

    @Test
    void namesTheTier() {
      assertFails(Constraint.TIER, with(TierSet.of(1, 2, 4), 0, 100));
    }

    @Test
    void namesThePerformance() {
      assertFails(Constraint.PERFORMANCE, with(TierSet.of(3), 801, 100));
    }

    @Test
    void namesTheGasPrice() {
      assertFails(Constraint.GAS_PRICE, with(TierSet.of(3), 0, 99));
    }

    @Test
    void namesTheRegion() {
      assertFails(Constraint.REGION, with(Set.of("us"), Set.of(), Set.of(), Set.of()));
    }

    @Test
    void namesTheAllowedOperators() {
      assertFails(Constraint.ALLOW_OPERATORS, with(Set.of(), Set.of("other"), Set.of(), Set.of()));
    }

    @Test
    void namesTheDeniedOperators() {
      assertFails(Constraint.DENY_OPERATORS, with(Set.of(), Set.of(), Set.of("op"), Set.of()));
    }

    @Test
    void namesTheOperatorsCap() {
      Demand capped =
          new Demand(
              "d",
              TierSet.of(3),
              0,
              100,
              Set.of(),
              Set.of(),
              Set.of(),
              Set.of(),
              Preference.FAST,
              1,
              1,
              1,
              Map.of("op", 1),
              0);
      assertFails(Constraint.MAX_PER_OPERATOR, capped);
    }

    @Test
    void namesTheExclusion() {
      assertFails(Constraint.EXCLUDED, with(Set.of(), Set.of(), Set.of(), Set.of("m")));
    }

    @Test
    void namesAllAtOnce() {
      Demand nothing =
          new Demand(
              "d",
              TierSet.of(1),
              900,
              1,
              Set.of("us"),
              Set.of("other"),
              Set.of("op"),
              Set.of("m"),
              Preference.FAST,
              1,
              1,
              1,
              Map.of("op", 3),
              0);
      assertThat(Eligibility.failed(nothing, MINER))
          .containsExactly(
              Constraint.TIER,
              Constraint.PERFORMANCE,
              Constraint.GAS_PRICE,
              Constraint.REGION,
              Constraint.ALLOW_OPERATORS,
              Constraint.DENY_OPERATORS,
              Constraint.MAX_PER_OPERATOR,
              Constraint.EXCLUDED);
    }
  }

  @Nested
  class Of {
    @Test
    void refusesTiersThatDoNotExist() {
      assertThatThrownBy(() -> TierSet.of(6)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(TierSet::of).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new TierSet(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTheBestAndTheWorst() {
      TierSet tiers = TierSet.of(2, 4);
      assertThat(tiers.best()).isEqualTo(2);
      assertThat(tiers.worst()).isEqualTo(4);
      assertThat(tiers.contains(3)).isFalse();
      assertThat(tiers.contains(4)).isTrue();
    }
  }

  private static void assertFails(Constraint constraint, Demand demand) {
    assertThat(Eligibility.failed(demand, MINER)).containsExactly(constraint);
    assertThat(Eligibility.accepts(demand, MINER)).isFalse();
  }

  private static Demand with(TierSet tiers, int performance, long bid) {
    return new Demand(
        "d",
        tiers,
        performance,
        bid,
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        Preference.FAST,
        1,
        1,
        0,
        Map.of(),
        0);
  }

  private static Demand with(
      Set<String> regions, Set<String> allowed, Set<String> denied, Set<String> excluded) {
    return new Demand(
        "d",
        TierSet.of(3),
        0,
        100,
        regions,
        allowed,
        denied,
        excluded,
        Preference.FAST,
        1,
        1,
        0,
        Map.of(),
        0);
  }
}
