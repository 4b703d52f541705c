package io.phalanx.scheduler.miner;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a miner stands. The allowed moves are {@link #canBecome}, and nothing else. */
public enum MinerState {
  /** Registered, takes no part. */
  @JsonProperty("Stopped")
  STOPPED,
  /** Attested and listening; the only state in which a contract is assigned. */
  @JsonProperty("Idle")
  IDLE,
  /** Runs exactly one replica of one deployment. */
  @JsonProperty("Active")
  ACTIVE,
  /** Leaving; the stake is held until the cool-down ends. */
  @JsonProperty("CoolingDown")
  COOLING_DOWN;

  /** Whether the move is one of the five that exist. */
  public boolean canBecome(MinerState next) {
    return switch (this) { // no default: a new state does not compile until it is placed here
      case STOPPED -> next == IDLE;
      case IDLE -> next == ACTIVE || next == COOLING_DOWN;
      case ACTIVE -> next == IDLE || next == COOLING_DOWN;
      case COOLING_DOWN -> next == STOPPED;
    };
  }

  /** Whether the miner takes part: its heartbeats are awaited. */
  public boolean takesPart() {
    return this == IDLE || this == ACTIVE;
  }
}
