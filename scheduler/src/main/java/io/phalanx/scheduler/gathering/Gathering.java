package io.phalanx.scheduler.gathering;

import io.phalanx.scheduler.id.DeploymentId;

/**
 * A deployment that gathers miners, or rests from it. Whom it holds stands with the miners.
 *
 * @param deploymentId the deployment, which was never Placed
 * @param rests whether it holds nobody now
 * @param untilMs until when that is so at most, Unix milliseconds
 */
public record Gathering(DeploymentId deploymentId, boolean rests, long untilMs) {

  /** Whether it may begin to gather at that time. */
  public boolean mayBeginAt(long atMs) {
    return rests && untilMs <= atMs;
  }
}
