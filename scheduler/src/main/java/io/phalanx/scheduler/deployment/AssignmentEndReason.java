package io.phalanx.scheduler.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why an assignment is over, and what follows from it. */
public enum AssignmentEndReason {
  /** The miner finished the contract. */
  @JsonProperty("Completed")
  COMPLETED(false, false),
  /** The developer cancelled the deployment. */
  @JsonProperty("Cancelled")
  CANCELLED(false, false),
  /** The miner did not acknowledge in time. */
  @JsonProperty("AckTimeout")
  ACK_TIMEOUT(true, true),
  /** The miner refused before acknowledging. */
  @JsonProperty("Declined")
  DECLINED(true, true),
  /** The contract failed on the miner after it acknowledged. */
  @JsonProperty("Failed")
  FAILED(false, true),
  /** The miner fell silent. */
  @JsonProperty("MinerLost")
  MINER_LOST(true, false),
  /** The miner's operator stopped it. */
  @JsonProperty("MinerStopped")
  MINER_STOPPED(true, false),
  /** The miner's tier is no longer accepted. */
  @JsonProperty("TierDropped")
  TIER_DROPPED(true, false),
  /** The miner was drained. */
  @JsonProperty("Drained")
  DRAINED(true, false),
  /** The budget ended. */
  @JsonProperty("OutOfGas")
  OUT_OF_GAS(false, false),
  /** The deployment's lifetime ended. */
  @JsonProperty("LifetimeEnded")
  LIFETIME_ENDED(false, false),
  /** Another assignment took its place. */
  @JsonProperty("Superseded")
  SUPERSEDED(false, false);

  private final boolean noFaultOfTheDeveloper;
  private final boolean excludesTheMiner;

  AssignmentEndReason(boolean noFaultOfTheDeveloper, boolean excludesTheMiner) {
    this.noFaultOfTheDeveloper = noFaultOfTheDeveloper;
    this.excludesTheMiner = excludesTheMiner;
  }

  /** Whether the slot's wait counts from the loss plus a head start. */
  public boolean isNoFaultOfTheDeveloper() {
    return noFaultOfTheDeveloper;
  }

  /** Whether the miner is excluded from the deployment for a day. */
  public boolean excludesTheMiner() {
    return excludesTheMiner;
  }
}
