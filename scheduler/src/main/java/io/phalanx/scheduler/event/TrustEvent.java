package io.phalanx.scheduler.event;

import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Collateral;
import io.phalanx.scheduler.miner.EvidenceFile;

/** What evidence is judged from: kept in the journal whole, so that it can be judged again. */
public sealed interface TrustEvent extends Event {

  /**
   * The evidence that a miner stands on from now on.
   *
   * @param minerId the miner
   * @param file the evidence itself
   */
  record EvidenceFiled(MinerId minerId, EvidenceFile file) implements TrustEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * Collateral came with a quote and is kept beside it.
   *
   * @param collateral the collateral with its text
   */
  record CollateralFiled(Collateral collateral) implements TrustEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }

  /**
   * An admin published collateral: every quote of its family is judged by it.
   *
   * @param collateral the collateral with its text
   */
  record CollateralPublished(Collateral collateral) implements TrustEvent {
    @Override
    public void accept(EventHandler handler, Moment moment) {
      handler.apply(this, moment);
    }
  }
}
