package io.phalanx.scheduler.reward;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.unit.Amount;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Figures from the tests of Phala's own code: pallet, gatekeeper and benchmark. */
class PhalaVectorsTest {

  /** Equal in every digit that the source prints. */
  private static void assertPrints(Fixed number, String printed) {
    BigDecimal expected = new BigDecimal(printed);
    BigDecimal half = new BigDecimal("0.5").movePointLeft(expected.scale());
    BigDecimal off = new BigDecimal(number.toString()).subtract(expected).abs();
    assertThat(off).as("%s for %s", number, printed).isLessThanOrEqualTo(half);
  }

  private static RewardRules pallet(Fixed gain, Fixed rigFactor) {
    RewardRules rules = RewardRules.DEFAULT;
    return new RewardRules(
        gain,
        rigFactor,
        rules.growth(),
        Duration.ofSeconds(12),
        rules.costFactor(),
        rules.cost(),
        rules.slash(),
        rules.highestValue(),
        rules.confidence());
  }

  /** By repeated squaring, as the chain's library does. */
  private static Fixed power(Fixed base, int exponent) {
    Fixed result = Fixed.ONE;
    Fixed square = base;
    for (int left = exponent; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        result = result.times(square);
      }
      square = square.times(square);
    }
    return result;
  }

  @Nested
  class Pallet {
    private final RewardRules phala = pallet(Fixed.parse("1.3"), Fixed.parse("0.3"));

    @Test
    void minimumStake() {
      assertPrints(RewardRules.minimumStake(100, 1_000), "3162.277660146355629");
      assertPrints(RewardRules.minimumStake(50, 1_000), "1581.138830073177814");
    }

    @Test
    void initialValue() {
      Amount stake = Amount.ofPha(1_000);
      for (int tier = 1; tier <= 3; tier++) {
        assertPrints(phala.initialValue(stake, 1_000, tier), "1690.0000000000000000282");
      }
      assertPrints(phala.initialValue(stake, 1_000, 4), "1612.0000000000000000247");
      assertPrints(phala.initialValue(stake, 1_000, 5), "1572.9999999999999999877");
    }

    @Test
    void initialValueWithKhalasParametersAfterThePriceWasAppliedOnce() {
      Fixed rigFactor = Fixed.parse("0.3").dividedBy(Fixed.parse("0.84"));
      RewardRules khala = pallet(Fixed.parse("1.5"), rigFactor);
      Amount stake = Amount.ofPha(1_000);
      for (int tier = 1; tier <= 3; tier++) {
        assertPrints(khala.initialValue(stake, 1_000, tier), "2035.71428571428571430895");
      }
      assertPrints(khala.initialValue(stake, 1_000, 4), "1899.99999999999999999225");
      assertPrints(khala.initialValue(stake, 1_000, 5), "1832.14285714285714283387");
      assertPrints(khala.initialValue(Amount.ofPha(5_000), 2_000, 4), "7999.99999999999999991944");
    }

    @Test
    void rigCost() {
      Fixed rig = phala.rigFactor();
      assertPrints(rig.times(Fixed.of(500)), "150.0000000000000000054");
      assertPrints(rig.times(Fixed.of(2_000)), "600.0000000000000000217");
      assertPrints(rig.times(Fixed.of(2_800)), "840.00000000000000003036");
    }

    @Test
    void powersOfSlashAndGrowth() {
      Fixed kept = Fixed.ONE.minus(Gatekeeper.RULES.slash());
      assertPrints(power(kept, 300), "0.9990004981683704595");
      assertPrints(power(phala.growth(), 300), "1.00019999999998037056");
    }

    @Test
    void operatingCostOfAYear() {
      Fixed seconds = Fixed.of(31_536_000);
      Fixed step = Fixed.of(12);
      Fixed factor = Fixed.parse("0.0415625").times(step).dividedBy(seconds);
      Fixed base = Fixed.parse("88.59375").times(step).dividedBy(seconds);
      Fixed perBlock = factor.times(Fixed.of(2_000)).plus(base);
      assertPrints(perBlock.dividedBy(step).times(seconds), "171.71874999975847951583");
      Fixed perDay = Fixed.of(100).times(Fixed.of(3_600)).times(Fixed.of(24)).dividedBy(step);
      assertThat(perDay).isEqualTo(Fixed.of(720_000));
    }
  }

  @Nested
  class InGatekeeper {
    private final RewardRules rules = Gatekeeper.RULES;
    private final Pace steady = Pace.steady(100);
    private final Value started = Value.start(Fixed.of(3_000)).grown(rules, steady, 1);
    private final Value unpaid = started.grown(rules, steady, 7_200);

    @Test
    void growth() {
      assertPrints(started.value(), "3000.00203509369147797934");
      assertPrints(unpaid.value(), "3014.6899337932040476463");
    }

    @Test
    void payoutAndWhatFollows() {
      Fixed speed = Gatekeeper.speed(110 * 7_200 * 12 / 6, 7_202 * 12, Fixed.of(100));
      assertPrints(speed, "109.96945292974173840575");
      Value challenged = unpaid.grown(rules, steady, 1);
      Fixed total = rules.share(challenged.value(), Fixed.of(100), 2);
      Fixed share = rules.share(challenged.value(), speed, 2);
      Gatekeeper.Payout payout = Gatekeeper.payout(share, total, 7_202);
      assertPrints(payout.miner(), "576424.184820453732333905");
      assertPrints(payout.treasury(), "144106.0462051134330737112");
      Value paid = challenged.paid(payout.miner());
      assertThat(paid).isEqualTo(Value.start(Fixed.of(3_000)));
      Value silent = paid.grown(rules, Pace.of(speed, Fixed.of(100)), 11).silent(rules, 300);
      assertPrints(silent.value(), "2997.0260877851113935014");
    }

    @Test
    void payoutAtTheHighestValue() {
      Pace pace = Pace.steady(3_000);
      Value full = Value.start(Fixed.of(30_000)).grown(rules, pace, 7_202);
      assertThat(full.value()).isEqualTo(Fixed.of(30_000));
      Fixed speed = Gatekeeper.speed(1_000_000, 7_202 * 12, Fixed.of(3_000));
      Fixed total = rules.share(full.value(), Fixed.of(3_000), 2);
      Fixed share = rules.share(full.value(), speed, 2);
      Gatekeeper.Payout payout = Gatekeeper.payout(share, total, 7_202);
      assertPrints(payout.miner(), "564977.41335989500435977944");
      assertPrints(full.paid(payout.miner()).value(), "29855.38985958385856094607");
    }
  }

  @Nested
  class Benchmark {
    @Test
    void isCappedAtAFifthMoreThanAtFirst() {
      assertThat(Gatekeeper.speed(11_000, 100, Fixed.of(600))).isEqualTo(Fixed.of(660));
      Fixed capped = Gatekeeper.speed(26_000 - 11_000, 100, Fixed.of(600));
      assertThat(capped.plus(Fixed.ONE).whole()).isEqualTo(720); // 1.2 has no exact bits
      assertThat(Gatekeeper.speed(1_000, 100, Fixed.of(100))).isEqualTo(Fixed.of(60));
      assertThat(Gatekeeper.speed(999 - 1_000, 100, Fixed.of(100))).isEqualTo(Fixed.ZERO);
    }
  }
}
