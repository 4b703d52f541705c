package io.phalanx.simulator.shape;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Phala's published guards on a miner's start, as any miner can compute them before it asks: P ≥
 * 50, stake ≥ 50·√P, initial value ≤ 30,000 PHA with R_e = 1.5 and a rig cost of 0.3·P.
 */
public final class StartGuards {
  public static final int MINIMUM_PERFORMANCE = 50;

  private static final BigDecimal PICO = new BigDecimal(MinerSpec.PICO);
  private static final BigInteger K_SQUARED = BigInteger.valueOf(2_500);
  private static final BigDecimal MAXIMUM_VALUE = BigDecimal.valueOf(30_000);

  private StartGuards() {}

  /** Whole PHA, rounded up: the least stake with which a miner of this performance may start. */
  public static long minimumStakePha(int performance) {
    BigInteger square = K_SQUARED.multiply(BigInteger.valueOf(performance));
    BigInteger root = square.sqrt();
    return root.multiply(root).equals(square) ? root.longValueExact() : root.longValueExact() + 1;
  }

  /** Whole PHA, rounded down: the greatest stake with which a miner may start. */
  public static long maximumStakePha(int tier, int performance) {
    BigDecimal rig = BigDecimal.valueOf(performance).multiply(new BigDecimal("0.3"));
    return MAXIMUM_VALUE
        .divide(factor(tier), 0, RoundingMode.DOWN)
        .subtract(rig)
        .setScale(0, RoundingMode.DOWN)
        .longValueExact();
  }

  /**
   * The guard that refuses this miner: {@code performance}, {@code stake}, {@code value}, or {@code
   * other}.
   */
  public static String refusing(MinerSpec miner) {
    if (miner.performance() < MINIMUM_PERFORMANCE) {
      return "performance";
    }
    BigDecimal stake = new BigDecimal(miner.stake()).divide(PICO);
    BigInteger minimum = K_SQUARED.multiply(BigInteger.valueOf(miner.performance()));
    if (stake.multiply(stake).compareTo(new BigDecimal(minimum)) < 0) {
      return "stake";
    }
    BigDecimal rig = BigDecimal.valueOf(miner.performance()).multiply(new BigDecimal("0.3"));
    BigDecimal value = stake.add(rig).multiply(factor(miner.tier()));
    return value.compareTo(MAXIMUM_VALUE) > 0 ? "value" : "other";
  }

  /** (R_e − 1)·c + 1 with the confidence score c of the tier. */
  private static BigDecimal factor(int tier) {
    return switch (tier) {
      case 4 -> new BigDecimal("1.4");
      case 5 -> new BigDecimal("1.35");
      default -> new BigDecimal("1.5");
    };
  }
}
