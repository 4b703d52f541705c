package io.phalanx.scheduler.view;

import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.AssignmentState;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * One replica on one miner.
 *
 * @param id its name
 * @param replica which replica, from 0
 * @param minerId on which miner
 * @param tier the miner's tier when it was placed
 * @param performance the miner's score then
 * @param operator the miner's operator
 * @param region the miner's region then
 * @param gasPrice the price agreed
 * @param epoch fencing token
 * @param state where it stands
 * @param leaving whether it is being replaced
 * @param replaces the assignment it replaces
 * @param placedAt when it was offered
 * @param runningAt when it was acknowledged
 * @param endedAt when it ended
 * @param endReason why
 */
public record AssignmentView(
    AssignmentId id,
    int replica,
    MinerId minerId,
    int tier,
    int performance,
    String operator,
    String region,
    GasPrice gasPrice,
    long epoch,
    AssignmentState state,
    boolean leaving,
    @Nullable AssignmentId replaces,
    String placedAt,
    @Nullable String runningAt,
    @Nullable String endedAt,
    @Nullable AssignmentEndReason endReason)
    implements Answer {

  /** The assignment as a caller sees it. */
  public static AssignmentView of(Assignment assignment) {
    var placement = assignment.placement();
    Assignment.Ending ended = assignment.ended();
    return new AssignmentView(
        assignment.id(),
        placement.replica(),
        placement.minerId(),
        placement.tier(),
        placement.performance(),
        placement.operator(),
        placement.region(),
        placement.gasPrice(),
        assignment.epoch(),
        assignment.state(),
        assignment.isLeaving(),
        assignment.replaces(),
        Timestamps.text(assignment.placedAtMs()),
        Timestamps.textOrNull(assignment.runningAtMs()),
        ended == null ? null : Timestamps.text(ended.atMs()),
        ended == null ? null : ended.reason());
  }
}
