package io.phalanx.scheduler.state;

import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;

/** Whether failures of a deployment follow each other without enough Running between. */
public final class FailureRun {

  private FailureRun() {}

  /**
   * Whether a failure now continues the row: nothing of the deployment has run for the policy's
   * {@code failureReset} since the failure before.
   */
  public static boolean continues(State state, Assignment failing, long atMs) {
    Deployment deployment = state.deployments().known(failing.deploymentId());
    Long last = deployment.progress().lastFailureMs();
    if (last == null) {
      return false;
    }
    long resetMs = state.policy().assignments().failureReset().toMillis();
    return state.assignments().of(deployment.id()).stream()
        .noneMatch(assignment -> ranFor(assignment, last, atMs) >= resetMs);
  }

  private static long ranFor(Assignment assignment, long sinceMs, long atMs) {
    Long running = assignment.runningAtMs();
    Assignment.Ending ended = assignment.ended();
    long untilMs = ended == null ? atMs : ended.atMs();
    return running == null ? 0 : untilMs - Math.max(running, sinceMs);
  }
}
