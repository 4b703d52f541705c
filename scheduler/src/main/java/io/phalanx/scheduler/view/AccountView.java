package io.phalanx.scheduler.view;

import io.phalanx.scheduler.account.Account;
import io.phalanx.scheduler.unit.Amount;

/**
 * A developer's money.
 *
 * @param available free to be held or withdrawn
 * @param held bound by deployments
 * @param spent charged for gas, in all
 */
public record AccountView(Amount available, Amount held, Amount spent) {

  /** The account as a caller sees it. */
  public static AccountView of(Account account) {
    return new AccountView(account.available(), account.held(), account.spent());
  }
}
