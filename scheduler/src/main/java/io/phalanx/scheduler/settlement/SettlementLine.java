package io.phalanx.scheduler.settlement;

import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;

/**
 * What one miner earned in a period.
 *
 * @param minerId the miner that did the work
 * @param operator its operator
 * @param gasUsed gas that was charged
 * @param fee the miner's part
 * @param treasury the treasury's part
 */
public record SettlementLine(
    MinerId minerId, String operator, long gasUsed, Amount fee, Amount treasury) {

  SettlementLine plus(long gas, Amount moreFee, Amount moreTreasury) {
    return new SettlementLine(
        minerId, operator, gasUsed + gas, fee.plus(moreFee), treasury.plus(moreTreasury));
  }
}
