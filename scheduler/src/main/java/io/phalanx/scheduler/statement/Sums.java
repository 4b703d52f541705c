package io.phalanx.scheduler.statement;

import io.phalanx.scheduler.proof.Receipt;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.unit.Amount;

/**
 * What some receipts come to.
 *
 * @param receipts how many they are
 * @param gas units charged
 * @param fee the miners' part
 * @param treasury the treasury's part
 * @param corrected both parts of charges that were taken back, whenever they had been made
 */
public record Sums(long receipts, long gas, Amount fee, Amount treasury, Amount corrected) {
  /** No receipts. */
  public static final Sums NOTHING = new Sums(0, 0, Amount.ZERO, Amount.ZERO, Amount.ZERO);

  Sums plus(Receipt receipt) {
    return new Sums(
        receipts + 1,
        Math.addExact(gas, receipt.gas()),
        fee.plus(receipt.fee()),
        treasury.plus(receipt.treasury()),
        corrected);
  }

  Sums plus(CorrectedCharge charge) {
    return new Sums(receipts, gas, fee, treasury, corrected.plus(charge.total()));
  }

  /** Both parts. */
  public Amount total() {
    return fee.plus(treasury);
  }
}
