package io.phalanx.scheduler.settlement;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import org.jspecify.annotations.Nullable;

/**
 * What one miner earned in a period.
 *
 * @param minerId the miner that did the work
 * @param operator its operator
 * @param gasUsed gas that was charged
 * @param fee the miner's part, without what is withheld
 * @param treasury the treasury's part
 * @param withheld of the miner's part, for charges of closed periods that were taken back; none if
 *     nothing is
 */
public record SettlementLine(
    MinerId minerId,
    String operator,
    long gasUsed,
    Amount fee,
    Amount treasury,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Amount withheld) {

  /** For all of the fields. */
  @JsonCreator
  public SettlementLine {}

  /** A line of which nothing is withheld. */
  public SettlementLine(
      MinerId minerId, String operator, long gasUsed, Amount fee, Amount treasury) {
    this(minerId, operator, gasUsed, fee, treasury, null);
  }

  /** What is withheld. */
  public Amount held() {
    return withheld == null ? Amount.ZERO : withheld;
  }

  /** The same with as much withheld as is owed, and never more than there is. */
  public SettlementLine withholding(Amount owed) {
    Amount held = owed.min(fee);
    return held.isZero()
        ? this
        : new SettlementLine(minerId, operator, gasUsed, fee.minus(held), treasury, held);
  }

  /** The same before anything was withheld. */
  SettlementLine whole() {
    return new SettlementLine(minerId, operator, gasUsed, fee.plus(held()), treasury);
  }

  SettlementLine plus(long gas, Amount moreFee, Amount moreTreasury) {
    return new SettlementLine(
        minerId, operator, gasUsed + gas, fee.plus(moreFee), treasury.plus(moreTreasury));
  }

  SettlementLine minus(CorrectedCharge charge) {
    return new SettlementLine(
        minerId,
        operator,
        gasUsed - charge.gas(),
        fee.minus(charge.fee()),
        treasury.minus(charge.treasury()));
  }
}
