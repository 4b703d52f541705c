package io.phalanx.scheduler.quote;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a quote stands. The allowed moves are {@link #canBecome}, and nothing else. */
public enum QuoteState {
  /** Waits for the next round. */
  @JsonProperty("Requested")
  REQUESTED,
  /** Its price is firm and its miners are held. */
  @JsonProperty("Offered")
  OFFERED,
  /** A miner was lost; the next round replaces it at no higher price, or the quote is void. */
  @JsonProperty("Lacking")
  LACKING,
  /** A deployment runs on its terms. */
  @JsonProperty("Redeemed")
  REDEEMED,
  /** It was not redeemed in time. */
  @JsonProperty("Expired")
  EXPIRED,
  /** Its developer gave it back. */
  @JsonProperty("Withdrawn")
  WITHDRAWN,
  /** A round could not place it. */
  @JsonProperty("Void")
  VOID;

  /** Whether one may follow the other. */
  public boolean canBecome(QuoteState next) {
    return switch (this) {
      case REQUESTED -> next == OFFERED || next == WITHDRAWN || next == VOID;
      case OFFERED -> next == LACKING || next == REDEEMED || next == EXPIRED || next == WITHDRAWN;
      case LACKING -> next == OFFERED || next == EXPIRED || next == WITHDRAWN || next == VOID;
      case REDEEMED, EXPIRED, WITHDRAWN, VOID -> false;
    };
  }

  /** Whether it takes part in the next round. */
  public boolean competes() {
    return this == REQUESTED || this == LACKING;
  }

  /** Whether it is over. */
  public boolean isEnded() {
    return switch (this) {
      case REQUESTED, OFFERED, LACKING -> false;
      case REDEEMED, EXPIRED, WITHDRAWN, VOID -> true;
    };
  }
}
