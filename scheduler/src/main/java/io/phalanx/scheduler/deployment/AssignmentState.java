package io.phalanx.scheduler.deployment;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where an assignment stands. */
public enum AssignmentState {
  /** The miner is Active and has yet to acknowledge. */
  @JsonProperty("Offered")
  OFFERED,
  /** Acknowledged; the meter runs. */
  @JsonProperty("Running")
  RUNNING,
  /** Over, for a reason. */
  @JsonProperty("Ended")
  ENDED;

  /** Whether the move exists. */
  public boolean canBecome(AssignmentState next) {
    return switch (this) {
      case OFFERED -> next == RUNNING || next == ENDED;
      case RUNNING -> next == ENDED;
      case ENDED -> false;
    };
  }
}
