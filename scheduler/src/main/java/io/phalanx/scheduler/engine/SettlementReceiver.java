package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.settlement.Settlement;

/** The payout layer's end of the line. */
@FunctionalInterface
public interface SettlementReceiver {

  /**
   * Offers a settlement and waits for the answer, within time-outs of its own.
   *
   * @param seal what was signed of it
   * @return whether it was taken; if not, it is offered again
   */
  boolean deliver(Settlement settlement, SettlementSeal seal) throws InterruptedException;
}
