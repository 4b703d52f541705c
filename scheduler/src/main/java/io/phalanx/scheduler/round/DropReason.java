package io.phalanx.scheduler.round;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a planned line was not committed. */
public enum DropReason {
  /** The deployment ended meanwhile. */
  @JsonProperty("deploymentEnded")
  DEPLOYMENT_ENDED,
  /** The slot was filled or is gone. */
  @JsonProperty("slotTaken")
  SLOT_TAKEN,
  /** The miner is not Idle, silent, cordoned, or its evidence has expired. */
  @JsonProperty("minerNotPlaceable")
  MINER_NOT_PLACEABLE,
  /** The miner is held for another deployment. */
  @JsonProperty("reserved")
  RESERVED,
  /** The pair breaks a constraint that was changed meanwhile. */
  @JsonProperty("notEligible")
  NOT_ELIGIBLE,
  /** One operator would own too many replicas. */
  @JsonProperty("maxPerOperator")
  MAX_PER_OPERATOR,
  /** The price is below the ask, above the bid, or not covered by what is held. */
  @JsonProperty("price")
  PRICE,
  /** What was left of the deployment's lines is below its minReplicas. */
  @JsonProperty("minReplicas")
  MIN_REPLICAS,
  /** As many miners are held for quotes as may be. */
  @JsonProperty("quota")
  QUOTA
}
