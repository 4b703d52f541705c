package io.phalanx.scheduler.access;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a caller is to the service. Names go on the wire: add, never rename. */
public enum Role {
  /** Asks for deployments and pays for them. */
  @JsonProperty("developer")
  DEVELOPER,
  /** Owns miners. */
  @JsonProperty("operator")
  OPERATOR,
  /** Is a miner. */
  @JsonProperty("miner")
  MINER,
  /** Holds deposits and pays miners. */
  @JsonProperty("payout")
  PAYOUT,
  /** Runs the service. */
  @JsonProperty("admin")
  ADMIN
}
