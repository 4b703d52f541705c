package io.phalanx.scheduler.settlement;

import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;

/**
 * A charge that is taken back, as its receipt has it.
 *
 * @param receiptId its receipt
 * @param atMs when it was charged, Unix milliseconds
 * @param developer who paid
 * @param operator whose miner it was
 * @param deploymentId for which deployment
 * @param assignmentId for which work
 * @param minerId who did it
 * @param gas units charged
 * @param fee the miner's part
 * @param treasury the treasury's part
 */
public record CorrectedCharge(
    String receiptId,
    long atMs,
    String developer,
    String operator,
    DeploymentId deploymentId,
    AssignmentId assignmentId,
    MinerId minerId,
    long gas,
    Amount fee,
    Amount treasury) {

  /** Both parts. */
  public Amount total() {
    return fee.plus(treasury);
  }
}
