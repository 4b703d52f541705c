package io.phalanx.scheduler.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a deployment is over. */
public enum DeploymentEndReason {
  /** Every replica completed. */
  @JsonProperty("Completed")
  COMPLETED,
  /** Its developer cancelled it. */
  @JsonProperty("Cancelled")
  CANCELLED,
  /** It was not placed within its queue time-out. */
  @JsonProperty("QueueTimeout")
  QUEUE_TIMEOUT,
  /** Its budget buys no more gas. */
  @JsonProperty("OutOfGas")
  OUT_OF_GAS,
  /** Its lifetime is over. */
  @JsonProperty("LifetimeEnded")
  LIFETIME_ENDED,
  /** Its code failed too often, on miners of several operators. */
  @JsonProperty("Failed")
  FAILED
}
