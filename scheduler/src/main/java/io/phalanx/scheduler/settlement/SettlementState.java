package io.phalanx.scheduler.settlement;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a settlement is on its way. */
public enum SettlementState {
  /** Closed here, not yet taken by the payout layer. */
  @JsonProperty("Closed")
  CLOSED,
  /** The payout layer's endpoint has answered 2xx. */
  @JsonProperty("Delivered")
  DELIVERED,
  /** The payout layer has said that it paid. */
  @JsonProperty("Acknowledged")
  ACKNOWLEDGED
}
