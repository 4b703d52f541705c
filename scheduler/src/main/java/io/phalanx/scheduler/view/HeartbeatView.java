package io.phalanx.scheduler.view;

import io.phalanx.scheduler.deployment.AssignmentState;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.IsoDuration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a miner is told when it is heard.
 *
 * @param state where it stands
 * @param nextHeartbeatIn when to come again
 * @param sequence the sequence this answers
 * @param assignments what it is to run: one at most
 */
public record HeartbeatView(
    MinerState state, IsoDuration nextHeartbeatIn, long sequence, List<Order> assignments)
    implements Answer {

  /**
   * What a miner is to run.
   *
   * @param id the assignment
   * @param deploymentId the deployment
   * @param codeHash Blake2b-256 of the code
   * @param codeUri where the code is
   * @param epoch fencing token
   * @param state where the assignment stands
   * @param gasPrice the price agreed
   * @param acknowledgeBy until when it may be acknowledged
   * @param lastSequence the newest reading taken; −1 before the first
   * @param lastGasUsed that reading's cumulative gas
   */
  public record Order(
      AssignmentId id,
      DeploymentId deploymentId,
      String codeHash,
      @Nullable String codeUri,
      long epoch,
      AssignmentState state,
      GasPrice gasPrice,
      String acknowledgeBy,
      @Nullable Long lastSequence,
      long lastGasUsed) {}
}
