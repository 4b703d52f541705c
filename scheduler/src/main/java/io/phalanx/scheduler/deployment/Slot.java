package io.phalanx.scheduler.deployment;

import io.phalanx.scheduler.id.AssignmentId;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a deployment.
 *
 * @param assignmentId its live assignment, if it has one
 * @param running whether that assignment was acknowledged
 * @param completed whether a miner has finished it; then it is never placed again
 * @param waitingSinceMs from when its wait counts while it lacks a miner, Unix milliseconds
 */
public record Slot(
    @Nullable AssignmentId assignmentId, boolean running, boolean completed, long waitingSinceMs) {

  static Slot waiting(long sinceMs) {
    return new Slot(null, false, false, sinceMs);
  }

  static Slot offered(AssignmentId assignment) {
    return new Slot(assignment, false, false, 0);
  }

  static Slot running(AssignmentId assignment) {
    return new Slot(assignment, true, false, 0);
  }

  static Slot finished() {
    return new Slot(null, false, true, 0);
  }

  /** Whether it lacks a miner. */
  public boolean isLacking() {
    return assignmentId == null && !completed;
  }
}
