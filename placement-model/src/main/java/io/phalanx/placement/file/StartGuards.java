package io.phalanx.placement.file;

import java.math.BigDecimal;

/**
 * What the service asks of a miner before it lets it start; the figures are Phala's. Exact, without
 * square roots.
 */
final class StartGuards {
  private static final int MIN_PERFORMANCE = 50;
  private static final int STAKE_PER_ROOT_OF_PERFORMANCE = 50;

  /** Confidence by tier, in tenths. */
  private static final int[] CONFIDENCE_TENTHS = {0, 10, 10, 10, 8, 7};

  private static final BigDecimal MAX_INITIAL_VALUE = BigDecimal.valueOf(30_000);

  private StartGuards() {}

  static boolean admit(MinerRow row) {
    int performance = row.candidate().performance();
    return performance >= MIN_PERFORMANCE
        && coversStake(row.stake(), performance)
        && initialValueTimes200(row).compareTo(MAX_INITIAL_VALUE.multiply(of(200))) <= 0;
  }

  /** Whether stake ≥ 50·√P. */
  private static boolean coversStake(BigDecimal stake, int performance) {
    long square = STAKE_PER_ROOT_OF_PERFORMANCE * STAKE_PER_ROOT_OF_PERFORMANCE;
    return stake.multiply(stake).compareTo(of(square).multiply(of(performance))) >= 0;
  }

  /** V_e = ((1.5 − 1)·c + 1)·(stake + 0.3·P), times 200: (10·c + 20)·(10·stake + 3·P). */
  private static BigDecimal initialValueTimes200(MinerRow row) {
    BigDecimal worth =
        row.stake().multiply(of(10)).add(of(3).multiply(of(row.candidate().performance())));
    return worth.multiply(of(CONFIDENCE_TENTHS[row.candidate().tier()] + 20));
  }

  private static BigDecimal of(long number) {
    return BigDecimal.valueOf(number);
  }
}
