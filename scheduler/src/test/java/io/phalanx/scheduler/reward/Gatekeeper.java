package io.phalanx.scheduler.reward;

import java.math.BigInteger;

/** What Phala's gatekeeper does around the value: it measures the speed and shares the budget. */
final class Gatekeeper {
  private static final Fixed BUDGET_PER_BLOCK = Fixed.of(100);
  private static final Fixed PAYOUT_PART = Fixed.parse("0.8");
  private static final Fixed TREASURY_PART = Fixed.parse("0.2");
  private static final Fixed FASTEST = Fixed.parse("1.2");

  private Gatekeeper() {}

  /** The parameters of the gatekeeper's own numeric test. */
  static final RewardRules RULES =
      new RewardRules(
          Fixed.parse("1.5"),
          Fixed.parse("0.3"),
          Fixed.parse("1.000000666600231"),
          java.time.Duration.ofSeconds(12),
          Fixed.parse("0.000000015815258751856933056"),
          Fixed.parse("0.000033711472602739674283"),
          Fixed.parse("0.0000033333333333333240063"),
          Fixed.of(30_000),
          RewardRules.Confidence.DEFAULT);

  /** Score from iterations in so many seconds, at most 1.2 times the benchmark; 0 if it fell. */
  static Fixed speed(long iterations, long seconds, Fixed benchmark) {
    if (iterations < 0) {
      return Fixed.ZERO;
    }
    Fixed perSecond = Fixed.of(iterations).dividedBy(Fixed.of(seconds));
    return Fixed.ofBits(perSecond.bits().multiply(BigInteger.valueOf(6)))
        .min(FASTEST.times(benchmark));
  }

  record Payout(Fixed miner, Fixed treasury) {}

  static Payout payout(Fixed share, Fixed total, long blocks) {
    Fixed budget = share.dividedBy(total).times(BUDGET_PER_BLOCK).times(Fixed.of(blocks));
    return new Payout(budget.times(PAYOUT_PART), budget.times(TREASURY_PART));
  }
}
