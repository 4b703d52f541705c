package io.phalanx.scheduler.reward;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.id.MinerId;

/**
 * What a payout for one miner is computed from.
 *
 * @param minerId the miner
 * @param operator its operator
 * @param tier its tier at the end of the period
 * @param performance its score P at the end of the period
 * @param activeSeconds how long it ran a contract in the period
 * @param idleSeconds how long it waited for one in the period
 * @param value V at the end of the period
 * @param share of the total of all shares; nothing for one that was silent then
 */
public record PayoutInput(
    MinerId minerId,
    String operator,
    int tier,
    int performance,
    long activeSeconds,
    long idleSeconds,
    Fixed value,
    Fixed share) {

  /** As JSON, without what a later payout makes of it. */
  public ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("minerId", minerId.text())
        .put("operator", operator)
        .put("tier", tier)
        .put("performance", performance)
        .put("activeSeconds", activeSeconds)
        .put("idleSeconds", idleSeconds)
        .put("v", value.bits().toString())
        .put("share", share.bits().toString());
  }
}
