package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.policy.MinerRules;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.unit.Amount;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;

/**
 * What a miner must bring to start, in exact integers: P ≥ 50, stake ≥ k·√P, V_e ≤ V_max (Phala's
 * {@code start_computing}).
 */
public final class Guards {

  private static final BigInteger PICO = BigInteger.TEN.pow(12);

  private Guards() {}

  /** The smallest stake for that score: k·√P PHA, rounded up to a whole pico-PHA. */
  public static Amount minimumStake(int performance, MinerRules rules) {
    BigInteger k = BigInteger.valueOf(rules.stakeFactor()).multiply(PICO);
    BigInteger square = k.multiply(k).multiply(BigInteger.valueOf(performance));
    BigInteger root = square.sqrt();
    return new Amount(root.multiply(root).equals(square) ? root : root.add(BigInteger.ONE));
  }

  /**
   * V_e = ((re − 1)·c + 1)·(S + rig_k·P), rounded down to a whole pico-PHA; of a stake above V_max
   * the stake itself, which V_e is never below.
   */
  static Amount initialValue(Miner miner, Policy policy) {
    if (miner.stake().compareTo(Amount.ofPha(policy.miners().highestValuePha())) > 0) {
      return miner.stake();
    }
    return policy
        .rewardRules()
        .initialValue(miner.stake(), miner.performance(), miner.evidence().tier())
        .toAmount();
  }

  /** Why the miner may not start, if it may not. */
  public static Optional<Rejection> refusal(Miner miner, Policy policy, long atMs) {
    MinerRules rules = policy.miners();
    if (!miner.evidence().isValidAt(atMs)) {
      String lapse = Objects.requireNonNullElse(miner.evidence().lapse(), Evidence.EXPIRED);
      return guard(Refusal.EVIDENCE_HAS_EXPIRED, "evidence", "valid evidence", lapse);
    }
    if (miner.performance() < rules.minimumPerformance()) {
      return guard(
          Refusal.PERFORMANCE_IS_TOO_LOW,
          "performance",
          String.valueOf(rules.minimumPerformance()),
          String.valueOf(miner.performance()));
    }
    Amount minimum = minimumStake(miner.performance(), rules);
    if (miner.stake().compareTo(minimum) < 0) {
      return guard(Refusal.STAKE_IS_TOO_LOW, "stake", minimum.toString(), miner.stake().toString());
    }
    Amount highest = Amount.ofPha(rules.highestValuePha());
    Amount value = initialValue(miner, policy);
    return value.compareTo(highest) > 0
        ? guard(Refusal.VALUE_IS_TOO_HIGH, "initial value", highest.toString(), value.toString())
        : Optional.empty();
  }

  private static Optional<Rejection> guard(
      Refusal refusal, String what, String required, String actual) {
    String limit = refusal == Refusal.VALUE_IS_TOO_HIGH ? "at most " : "";
    return Optional.of(
        Rejection.guard(
            refusal,
            "The miner cannot start: its " + what + " must be " + limit + required + ".",
            required,
            actual));
  }
}
