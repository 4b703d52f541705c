package io.phalanx.scheduler.view;

import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.unit.GasPrice;

/**
 * A miner as everybody sees it.
 *
 * @param minerId its public key
 * @param operator who owns it
 * @param region where it says it is
 * @param tier its confidence level
 * @param tierEvidence what proved it
 * @param performance its score now
 * @param gasPrice its ask
 * @param state where it stands
 * @param responsive whether it is heard
 */
public record PublicMinerView(
    MinerId minerId,
    String operator,
    String region,
    int tier,
    MinerView.TierEvidence tierEvidence,
    int performance,
    GasPrice gasPrice,
    MinerState state,
    boolean responsive) {

  /** The public part of a miner. */
  public static PublicMinerView of(MinerView miner) {
    return new PublicMinerView(
        miner.minerId(),
        miner.operator(),
        miner.region(),
        miner.tier(),
        miner.tierEvidence(),
        miner.performance(),
        miner.gasPrice(),
        miner.state(),
        miner.responsive());
  }
}
