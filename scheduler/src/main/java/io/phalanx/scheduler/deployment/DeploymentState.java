package io.phalanx.scheduler.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a deployment stands; follows from its assignments. */
public enum DeploymentState {
  /** Waits for miners. */
  @JsonProperty("Pending")
  PENDING,
  /** At least {@code minReplicas} are assigned. */
  @JsonProperty("Placed")
  PLACED,
  /** At least {@code minReplicas} have acknowledged. */
  @JsonProperty("Running")
  RUNNING,
  /** Ran, and has fewer than {@code minReplicas} running now. */
  @JsonProperty("Degraded")
  DEGRADED,
  /** Over, for a reason. */
  @JsonProperty("Ended")
  ENDED
}
