package io.phalanx.scheduler.miner;

import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import org.jspecify.annotations.Nullable;

/**
 * The moving part of a miner.
 *
 * @param state where it stands
 * @param sinceMs since when, Unix milliseconds
 * @param responsive whether it has been heard within the window
 * @param silentSinceMs since when it has been unresponsive, Unix milliseconds; none while it is
 *     responsive
 * @param assignmentId what it runs; present exactly when Active
 * @param coolDownEndsAtMs when the cool-down ends, Unix milliseconds; present exactly when
 *     CoolingDown
 * @param reservedFor the deployment that it is held for; only while Idle
 */
public record Standing(
    MinerState state,
    long sinceMs,
    boolean responsive,
    @Nullable Long silentSinceMs,
    @Nullable AssignmentId assignmentId,
    @Nullable Long coolDownEndsAtMs,
    @Nullable DeploymentId reservedFor) {

  /** Whether it is silent, and was by that time. */
  public boolean wasSilentBy(long atMs) {
    return silentSinceMs != null && silentSinceMs <= atMs;
  }

  static Standing stopped(long atMs) {
    return new Standing(MinerState.STOPPED, atMs, true, null, null, null, null);
  }

  Standing idle(long atMs) {
    return new Standing(MinerState.IDLE, atMs, responsive, silentSinceMs, null, null, null);
  }

  Standing started(long atMs) {
    return new Standing(MinerState.IDLE, atMs, true, null, null, null, null);
  }

  Standing active(AssignmentId assignment, long atMs) {
    return new Standing(MinerState.ACTIVE, atMs, responsive, silentSinceMs, assignment, null, null);
  }

  Standing coolingDown(long atMs, long endsAtMs) {
    return new Standing(MinerState.COOLING_DOWN, atMs, true, null, null, endsAtMs, null);
  }

  Standing silent(long atMs) {
    return new Standing(state, sinceMs, false, atMs, assignmentId, coolDownEndsAtMs, reservedFor);
  }

  Standing heard() {
    return new Standing(state, sinceMs, true, null, assignmentId, coolDownEndsAtMs, reservedFor);
  }

  Standing reserved(@Nullable DeploymentId deployment) {
    return new Standing(
        state, sinceMs, responsive, silentSinceMs, assignmentId, coolDownEndsAtMs, deployment);
  }
}
