package io.phalanx.scheduler.policy;

import io.phalanx.scheduler.reward.RewardRules;
import java.time.Duration;
import java.util.Objects;

/**
 * Every figure an admin may change, by one journaled command at a time. Figures marked (P) are
 * Phala's own, from its chain code and genesis.
 *
 * @param version rises by one with each change, from 1
 * @param miners what a miner must bring and how it is watched
 * @param assignments how offers, failures and retries are handled
 * @param gas how gas is capped, split and settled
 * @param access what one caller may take up; a journal from before it was settable has none
 * @param gathering how miners are held for deployments that need several at once
 * @param rewards what miners' values and shares are computed with; likewise
 */
public record Policy(
    long version,
    MinerRules miners,
    AssignmentRules assignments,
    GasRules gas,
    AccessRules access,
    GatheringRules gathering,
    RewardFigures rewards) {

  /** The figures of a new network. */
  public static final Policy DEFAULT =
      new Policy(
          1,
          MinerRules.DEFAULT,
          AssignmentRules.DEFAULT,
          GasRules.DEFAULT,
          AccessRules.DEFAULT,
          GatheringRules.DEFAULT,
          RewardFigures.DEFAULT);

  /** Fills in what a journal of an earlier version does not have. */
  public Policy {
    access = Objects.requireNonNullElse(access, AccessRules.DEFAULT);
    gathering = Objects.requireNonNullElse(gathering, GatheringRules.DEFAULT);
    rewards = Objects.requireNonNullElse(rewards, RewardFigures.DEFAULT);
  }

  /** The rules of values and shares. */
  public RewardRules rewardRules() {
    return rewards.rules(miners.highestValuePha());
  }

  /** The same with another settlement period. */
  public Policy withSettlementPeriod(Duration period) {
    return new Policy(
        version,
        miners,
        assignments,
        new GasRules(
            gas.treasuryPercent(),
            gas.burst(),
            period,
            gas.retentionDivisor(),
            gas.finalReadingWait()),
        access,
        gathering,
        rewards);
  }

  /** The same under another version number. */
  public Policy withVersion(long next) {
    return new Policy(next, miners, assignments, gas, access, gathering, rewards);
  }
}
