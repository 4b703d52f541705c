package io.phalanx.scheduler.reward;

import io.phalanx.scheduler.unit.Amount;
import java.time.Duration;

/**
 * How a miner's value starts, grows and counts: Phala's tokenomic parameters ({@code
 * computation.rs}).
 *
 * @param gain re: what full confidence makes of the value at the start
 * @param rigFactor rig_k: PHA of value for a point of the score
 * @param growth ρ: what a value becomes in one step of computing
 * @param step how long that takes
 * @param costFactor cost_k: PHA that a point of the score adds in a step
 * @param cost cost_b: PHA that every machine adds in a step
 * @param slash part of the value that a step without a sign of life takes
 * @param highestValue V_max, in PHA: growth ends there
 * @param confidence c by tier, best first
 */
public record RewardRules(
    Fixed gain,
    Fixed rigFactor,
    Fixed growth,
    Duration step,
    Fixed costFactor,
    Fixed cost,
    Fixed slash,
    Fixed highestValue,
    Confidence confidence) {

  /**
   * How much a tier is trusted (Phala's {@code score}).
   *
   * @param tier1 of tier 1
   * @param tier2 of tier 2
   * @param tier3 of tier 3
   * @param tier4 of tier 4
   * @param tier5 of tier 5
   */
  public record Confidence(Fixed tier1, Fixed tier2, Fixed tier3, Fixed tier4, Fixed tier5) {
    /** 1, 1, 1, 0.8, 0.7 (P). */
    public static final Confidence DEFAULT =
        new Confidence(Fixed.ONE, Fixed.ONE, Fixed.ONE, Fixed.parse("0.8"), Fixed.parse("0.7"));

    /**
     * Of that tier.
     *
     * @param tier 1 to 5; there is no other, and none that counts nothing or everything
     */
    public Fixed of(int tier) {
      return switch (tier) {
        case 1 -> tier1;
        case 2 -> tier2;
        case 3 -> tier3;
        case 4 -> tier4;
        case 5 -> tier5;
        default -> throw new IllegalArgumentException("no tier " + tier);
      };
    }
  }

  /**
   * The figures of a new network: re 1.5, rig_k 0.3, V_max 30,000, ρ 1.000000666600231 for 12 s
   * (P); neither operating cost nor slashing.
   */
  public static final RewardRules DEFAULT =
      new RewardRules(
          Fixed.parse("1.5"),
          Fixed.parse("0.3"),
          Fixed.parse("1.000000666600231"),
          Duration.ofSeconds(12),
          Fixed.ZERO,
          Fixed.ZERO,
          Fixed.ZERO,
          Fixed.of(30_000),
          Confidence.DEFAULT);

  /** Refuses what would let values shrink or stand outside of 64 integer bits. */
  public RewardRules {
    if (gain.compareTo(Fixed.ONE) < 0 || growth.compareTo(Fixed.ONE) < 0) {
      throw new IllegalArgumentException("gain and growth are at least 1");
    }
    if (slash.compareTo(Fixed.ONE) > 0 || highestValue.compareTo(Fixed.of(1L << 31)) > 0) {
      throw new IllegalArgumentException("slash is at most 1, highestValue 2^31");
    }
    if (step.toMillis() < 1) {
      throw new IllegalArgumentException("a step takes time");
    }
  }

  /** V_e = ((re − 1)·c + 1)·(S + rig_k·P), in PHA; not bounded by V_max, which is a guard. */
  public Fixed initialValue(Amount stake, int performance, int tier) {
    Fixed trusted = gain.minus(Fixed.ONE).times(confidence.of(tier)).plus(Fixed.ONE);
    Fixed rig = rigFactor.times(Fixed.of(performance));
    return trusted.times(Fixed.ofAmount(stake).plus(rig));
  }

  /** share = √(V² + (2·P·c)²). */
  public Fixed share(Fixed value, Fixed performance, int tier) {
    Fixed trusted = performance.times(confidence.of(tier));
    Fixed speed = Fixed.of(2).times(trusted);
    return value.times(value).plus(speed.times(speed)).root();
  }

  /** k·√P, in PHA. */
  public static Fixed minimumStake(int stakeFactor, int performance) {
    return Fixed.of(stakeFactor).times(Fixed.of(performance).root());
  }
}
