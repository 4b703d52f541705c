package io.phalanx.scheduler.account;

import io.phalanx.scheduler.unit.Amount;

/**
 * A developer's money.
 *
 * @param available free to be held or withdrawn
 * @param held bound by deployments
 * @param spent charged for gas, in all
 */
public record Account(Amount available, Amount held, Amount spent) {

  /** Nothing yet. */
  public static final Account EMPTY = new Account(Amount.ZERO, Amount.ZERO, Amount.ZERO);

  Account credited(Amount amount) {
    return new Account(available.plus(amount), held, spent);
  }

  Account debited(Amount amount) {
    return new Account(available.minus(amount), held, spent);
  }

  Account holding(Amount amount) {
    return new Account(available.minus(amount), held.plus(amount), spent);
  }

  Account releasing(Amount amount) {
    return new Account(available.plus(amount), held.minus(amount), spent);
  }

  Account refunded(Amount amount) {
    return new Account(available.plus(amount), held, spent.minus(amount));
  }

  Account charged(Amount amount) {
    return new Account(available, held.minus(amount), spent.plus(amount));
  }
}
