package io.phalanx.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitTest {
  /** Four Active miners of 50 are this operator's; of its 20 operators at most 10 count. */
  private static final Market MARKET = new Market(1000, 20, 50, Map.of("op", 4));

  private static final Fit FIT = new Fit(Objective.DEFAULT, MARKET);

  @Nested
  class TermOf {
    @ParameterizedTest
    @CsvSource(
        textBlock =
            """
            # tier, P, ask, idle, worst, economy, speed, security, frugality, rest, dispersion
            1,    0,    0,     0, 5, 1000,    0, 1000,  400,    0, 200
            1, 3000, 1000,  4000, 5,    0, 1000, 1000,   25, 1000, 200
            5, 3200,  250,     3, 5,  750, 1000,    0,  600,    0, 200
            3,  799,  333,   403, 4,  667,  266,  500,  751,  100, 200
            2,  100, 5000, 99999, 2,    0,   33,  750,  988, 1000, 200
            """)
    void isAsInTheTable(
        int tier,
        int performance,
        long ask,
        long idle,
        int worst,
        int economy,
        int speed,
        int security,
        int frugality,
        int rest,
        int dispersion) {
      Candidate miner = new Candidate("m", tier, performance, "op", "eu", ask, idle);
      Demand demand = demand(Preference.BALANCED, TierSet.of(tier, worst));
      assertThat(FIT.term(Term.ECONOMY, demand, miner)).isEqualTo(economy);
      assertThat(FIT.term(Term.SPEED, demand, miner)).isEqualTo(speed);
      assertThat(FIT.term(Term.SECURITY, demand, miner)).isEqualTo(security);
      assertThat(FIT.term(Term.FRUGALITY, demand, miner)).isEqualTo(frugality);
      assertThat(FIT.term(Term.REST, demand, miner)).isEqualTo(rest);
      assertThat(FIT.term(Term.DISPERSION, demand, miner)).isEqualTo(dispersion);
    }

    @Test
    void dampsDispersionWhileLittleIsActive() {
      Fit few = new Fit(Objective.DEFAULT, new Market(1000, 2, 3, Map.of("op", 3)));
      Demand demand = demand(Preference.BALANCED, TierSet.of(3));
      assertThat(few.term(Term.DISPERSION, demand, Samples.miner("m", 3, "op", 1))).isEqualTo(400);
      assertThat(few.term(Term.DISPERSION, demand, Samples.miner("m", 3, "new", 1)))
          .isEqualTo(1000);
    }

    @Test
    void doesNotOverflowOnAHugeAsk() {
      Demand demand = demand(Preference.CHEAP, TierSet.of(3));
      assertThat(FIT.term(Term.ECONOMY, demand, Samples.miner("m", 3, "op", Long.MAX_VALUE)))
          .isZero();
    }
  }

  @Nested
  class Of {
    @ParameterizedTest
    @CsvSource({"BALANCED,4284", "SECURE,4484", "FAST,3548", "CHEAP,5888"})
    void weighsTheTerms(Preference preference, long expected) {
      // economy 667, speed 266, security 500, frugality 751, rest 100, dispersion 200
      Candidate miner = new Candidate("m", 3, 799, "op", "eu", 333, 403);
      Demand demand = demand(preference, TierSet.of(3, 4));
      assertThat(FIT.of(demand, miner)).isEqualTo(expected);
      assertThat(FIT.points(demand, miner).values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"BALANCED", "FAST", "SECURE"})
    void isNeverLowerForBetterHardware(Preference preference) {
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < 5000; i++) {
        int tier = 2 + random.nextInt(4);
        int performance = random.nextInt(2997);
        Demand demand = demand(preference, TierSet.of(1, 5));
        long plain = FIT.of(demand, hardware(tier, performance));
        assertThat(FIT.of(demand, hardware(tier - 1, performance))).isGreaterThanOrEqualTo(plain);
        // less than a point of speed (P / 3) may be lost to floor division (P / 8)
        int more = performance + 3 + random.nextInt(2998 - performance);
        assertThat(FIT.of(demand, hardware(tier, more))).isGreaterThanOrEqualTo(plain);
      }
    }

    @Test
    void isHigherForALowerAskUnderCheap() {
      Demand demand = demand(Preference.CHEAP, TierSet.of(1, 5));
      for (long ask = 0; ask < 1000; ask += 7) {
        long lower = FIT.of(demand, new Candidate("m", 3, 500, "op", "eu", ask, 0));
        long higher = FIT.of(demand, new Candidate("m", 3, 500, "op", "eu", ask + 7, 0));
        assertThat(lower).isGreaterThan(higher);
      }
    }
  }

  @Nested
  class Value {
    @Test
    void addsTheBidAndTheWait() {
      Demand demand = Samples.demand("d", 1, 1, 700);
      assertThat(Objective.DEFAULT.value(demand, 1000)).isEqualTo(700);
      assertThat(Objective.DEFAULT.value(waited(700, 3599), 1000)).isEqualTo(700 + 999);
      assertThat(Objective.DEFAULT.value(waited(1_000_000, 3600), 1000)).isEqualTo(20_000 + 1000);
      assertThat(Objective.DEFAULT.value(waited(0, 99_999_999), 1000)).isEqualTo(720_000);
    }

    private Demand waited(long bid, long seconds) {
      return new Demand(
          "d",
          TierSet.of(1),
          0,
          bid,
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Preference.BALANCED,
          1,
          1,
          0,
          Map.of(),
          seconds);
    }
  }

  private static Candidate hardware(int tier, int performance) {
    return new Candidate("m", tier, performance, "op", "eu", 300, 60);
  }

  private static Demand demand(Preference preference, TierSet tiers) {
    return new Demand(
        "d",
        tiers,
        0,
        1000,
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        preference,
        1,
        1,
        0,
        Map.of(),
        0);
  }
}
