package io.phalanx.scheduler.view;

import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.Timestamps;

/**
 * A charge that was taken back.
 *
 * @param receiptId its receipt, which stays in the log
 * @param developer who has the money again
 * @param deploymentId for which deployment it was charged
 * @param minerId whose part it was
 * @param gas units that had been charged
 * @param fee the miner's part
 * @param treasury the treasury's part
 * @param reason the admin's words
 * @param time when it was taken back
 */
public record CorrectionView(
    String receiptId,
    String developer,
    DeploymentId deploymentId,
    MinerId minerId,
    long gas,
    Amount fee,
    Amount treasury,
    String reason,
    String time)
    implements Answer {

  /** The correction of a charge. */
  public static CorrectionView of(CorrectedCharge charge, String reason, long atMs) {
    return new CorrectionView(
        charge.receiptId(),
        charge.developer(),
        charge.deploymentId(),
        charge.minerId(),
        charge.gas(),
        charge.fee(),
        charge.treasury(),
        reason,
        Timestamps.text(atMs));
  }
}
