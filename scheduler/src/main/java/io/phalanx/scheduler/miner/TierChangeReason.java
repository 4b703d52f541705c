package io.phalanx.scheduler.miner;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a miner's tier is another. Names go on the wire: add, never rename. */
public enum TierChangeReason {
  /** The miner handed in other evidence. */
  @JsonProperty("Renewed")
  RENEWED,
  /** The policy changed, and what is kept was judged by the new one. */
  @JsonProperty("PolicyChanged")
  POLICY_CHANGED,
  /** Newer collateral was published for its processor family. */
  @JsonProperty("CollateralPublished")
  COLLATERAL_PUBLISHED,
  /** It was judged again as it is from time to time. */
  @JsonProperty("Reviewed")
  REVIEWED,
  /** The evidence's end came. */
  @JsonProperty("Expired")
  EXPIRED
}
