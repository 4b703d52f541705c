package io.phalanx.scheduler.deployment;

import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import org.jspecify.annotations.Nullable;

/**
 * One slot of a deployment on one miner.
 *
 * @param id its name
 * @param epoch fencing token: the journal position of the event that made it
 * @param deploymentId whose slot
 * @param placement which slot, which miner, on what terms
 * @param state where it stands
 * @param placedAtMs when it was offered, Unix milliseconds
 * @param acknowledgeByMs until when the miner may acknowledge, Unix milliseconds
 * @param runningAtMs when it was acknowledged, Unix milliseconds
 * @param ended when and why it ended
 * @param meter what was used and charged
 * @param leaving whether and why it is being replaced
 * @param replaces the assignment that was leaving the slot when this one was offered
 */
public record Assignment(
    AssignmentId id,
    long epoch,
    DeploymentId deploymentId,
    Placement placement,
    AssignmentState state,
    long placedAtMs,
    long acknowledgeByMs,
    @Nullable Long runningAtMs,
    @Nullable Ending ended,
    Meter meter,
    @Nullable Leaving leaving,
    @Nullable AssignmentId replaces) {

  /**
   * How an assignment ended.
   *
   * @param position the journal position of its end
   * @param atMs when, Unix milliseconds
   * @param reason why
   * @param note the miner's words, if it gave any
   */
  public record Ending(
      long position, long atMs, AssignmentEndReason reason, @Nullable String note) {}

  /** The miner it is on. */
  public MinerId minerId() {
    return placement.minerId();
  }

  /** Whether it holds its miner. */
  public boolean isLive() {
    return state != AssignmentState.ENDED;
  }

  /** Whether it goes on only until another has taken over. */
  public boolean isLeaving() {
    return isLive() && leaving != null;
  }

  /** Whether it ever ran and its last reading is still to come. */
  public boolean awaitsFinalReading() {
    return runningAtMs != null && !meter.finalSeen();
  }

  Assignment running(long atMs) {
    return with(AssignmentState.RUNNING, acknowledgeByMs, atMs, null, meter, leaving);
  }

  Assignment ended(Ending ending) {
    return with(AssignmentState.ENDED, acknowledgeByMs, runningAtMs, ending, meter, leaving);
  }

  Assignment with(Meter next) {
    return with(state, acknowledgeByMs, runningAtMs, ended, next, leaving);
  }

  Assignment with(@Nullable Leaving next) {
    return with(state, acknowledgeByMs, runningAtMs, ended, meter, next);
  }

  Assignment acknowledgeBy(long atMs) {
    return with(state, atMs, runningAtMs, ended, meter, leaving);
  }

  private Assignment with(
      AssignmentState nextState,
      long nextAcknowledgeByMs,
      @Nullable Long nextRunningAtMs,
      @Nullable Ending nextEnded,
      Meter nextMeter,
      @Nullable Leaving nextLeaving) {
    return new Assignment(
        id,
        epoch,
        deploymentId,
        placement,
        nextState,
        placedAtMs,
        nextAcknowledgeByMs,
        nextRunningAtMs,
        nextEnded,
        nextMeter,
        nextLeaving,
        replaces);
  }
}
