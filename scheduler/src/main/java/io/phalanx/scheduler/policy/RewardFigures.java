package io.phalanx.scheduler.policy;

import io.phalanx.scheduler.reward.Fixed;
import io.phalanx.scheduler.reward.RewardRules;
import io.phalanx.scheduler.unit.Factor;
import java.time.Duration;

/**
 * What a miner's value and share are computed with (Phala's tokenomic parameters, {@code
 * computation.rs}). V_max is {@link MinerRules#highestValuePha()}.
 *
 * @param gain re: what full confidence makes of the value at the start: 1.5 (P)
 * @param rigFactor rig_k: PHA of value for a point of the score: 0.3 (P)
 * @param growth ρ: what a value becomes in one step of computing: 1.000000666600231 (P)
 * @param step how long a step takes: 12 s (P)
 * @param confidence1 c of tier 1: 1 (P)
 * @param confidence2 c of tier 2: 1 (P)
 * @param confidence3 c of tier 3: 1 (P)
 * @param confidence4 c of tier 4: 0.8 (P)
 * @param confidence5 c of tier 5: 0.7 (P)
 */
public record RewardFigures(
    Factor gain,
    Factor rigFactor,
    Factor growth,
    Duration step,
    Factor confidence1,
    Factor confidence2,
    Factor confidence3,
    Factor confidence4,
    Factor confidence5) {

  /** The figures of a new network. */
  public static final RewardFigures DEFAULT =
      new RewardFigures(
          Factor.parse("1.5"),
          Factor.parse("0.3"),
          Factor.parse("1.000000666600231"),
          Duration.ofSeconds(12),
          Factor.parse("1"),
          Factor.parse("1"),
          Factor.parse("1"),
          Factor.parse("0.8"),
          Factor.parse("0.7"));

  /**
   * The rules that they make, without operating cost and slashing.
   *
   * @param highestValuePha V_max
   */
  public RewardRules rules(long highestValuePha) {
    return new RewardRules(
        fixed(gain),
        fixed(rigFactor),
        fixed(growth),
        step,
        Fixed.ZERO,
        Fixed.ZERO,
        Fixed.ZERO,
        Fixed.of(highestValuePha),
        new RewardRules.Confidence(
            fixed(confidence1),
            fixed(confidence2),
            fixed(confidence3),
            fixed(confidence4),
            fixed(confidence5)));
  }

  private static Fixed fixed(Factor factor) {
    return Fixed.parse(factor.toString());
  }
}
