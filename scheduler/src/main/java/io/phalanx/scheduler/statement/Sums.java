package io.phalanx.scheduler.statement;

import io.phalanx.scheduler.proof.Receipt;
import io.phalanx.scheduler.unit.Amount;

/**
 * What some receipts come to.
 *
 * @param receipts how many they are
 * @param gas units charged
 * @param fee the miners' part
 * @param treasury the treasury's part
 */
public record Sums(long receipts, long gas, Amount fee, Amount treasury) {
  /** No receipts. */
  public static final Sums NOTHING = new Sums(0, 0, Amount.ZERO, Amount.ZERO);

  Sums plus(Receipt receipt) {
    return new Sums(
        receipts + 1,
        Math.addExact(gas, receipt.gas()),
        fee.plus(receipt.fee()),
        treasury.plus(receipt.treasury()));
  }

  /** Both parts. */
  public Amount total() {
    return fee.plus(treasury);
  }
}
