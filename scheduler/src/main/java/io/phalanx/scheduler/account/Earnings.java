package io.phalanx.scheduler.account;

import io.phalanx.scheduler.unit.Amount;

/**
 * A miner's fees.
 *
 * @param earned charged and not yet closed in a settlement
 * @param payable in settlements the payout layer has not acknowledged
 * @param settled in settlements it has
 */
public record Earnings(Amount earned, Amount payable, Amount settled) {

  /** Nothing yet. */
  public static final Earnings NONE = new Earnings(Amount.ZERO, Amount.ZERO, Amount.ZERO);

  Earnings plus(Amount fee) {
    return new Earnings(earned.plus(fee), payable, settled);
  }

  Earnings minus(Amount fee) {
    return new Earnings(earned.minus(fee), payable, settled);
  }

  Earnings closed(Amount fee) {
    return new Earnings(earned.minus(fee), payable.plus(fee), settled);
  }

  Earnings paid(Amount fee) {
    return new Earnings(earned, payable.minus(fee), settled.plus(fee));
  }
}
