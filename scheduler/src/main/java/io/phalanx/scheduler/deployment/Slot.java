package io.phalanx.scheduler.deployment;

import io.phalanx.scheduler.id.AssignmentId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a deployment.
 *
 * @param assignmentId its live assignment, if it has one
 * @param running whether that assignment was acknowledged
 * @param completed whether a miner has finished it; then it is never placed again
 * @param waitingSinceMs from when its wait counts while it lacks a miner, Unix milliseconds
 * @param leaving a running assignment that goes on until another has taken over, if there is one
 */
public record Slot(
    @Nullable AssignmentId assignmentId,
    boolean running,
    boolean completed,
    long waitingSinceMs,
    @Nullable AssignmentId leaving) {

  /** One that lacks a miner. */
  public static Slot waiting(long sinceMs) {
    return new Slot(null, false, false, sinceMs, null);
  }

  static Slot running(AssignmentId assignment) {
    return new Slot(assignment, true, false, 0, null);
  }

  static Slot finished() {
    return new Slot(null, false, true, 0, null);
  }

  /** The running assignment leaves: the slot lacks a miner again, and is served meanwhile. */
  static Slot left(AssignmentId leaving, long sinceMs) {
    return new Slot(null, false, false, sinceMs, leaving);
  }

  Slot offered(AssignmentId assignment) {
    return new Slot(assignment, false, false, 0, leaving);
  }

  Slot run(AssignmentId assignment) {
    return new Slot(assignment, true, false, 0, leaving);
  }

  /** Its miner is gone; what leaves, if anything does, goes on. */
  Slot lost(long sinceMs) {
    return new Slot(null, false, false, sinceMs, leaving);
  }

  /** What left is gone. */
  Slot rid() {
    return new Slot(assignmentId, running, completed, waitingSinceMs, null);
  }

  /** Whether it lacks a miner. */
  public boolean isLacking() {
    return assignmentId == null && !completed;
  }

  /** Whether an assignment of it lives, leaving or not. */
  public boolean isHeld() {
    return assignmentId != null || leaving != null;
  }

  /** Whether a miner runs it. */
  public boolean isServed() {
    return running || leaving != null;
  }

  /** Its live assignments: the one that leaves first. */
  public List<AssignmentId> live() {
    return Stream.of(leaving, assignmentId).flatMap(Stream::ofNullable).toList();
  }
}
