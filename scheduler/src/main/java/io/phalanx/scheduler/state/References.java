package io.phalanx.scheduler.state;

import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.AccountEvent.Withdrawn;

/**
 * How a deposit's or withdrawal's reference is remembered: once for each developer and direction.
 */
public final class References {

  private References() {}

  /** The scope in which that reference counts once. */
  public static String deposit(String developer, String reference) {
    return "deposit " + developer + " " + reference;
  }

  /** The scope in which that reference counts once. */
  public static String withdrawal(String developer, String reference) {
    return "withdrawal " + developer + " " + reference;
  }

  static String deposit(Deposited event) {
    return deposit(event.developer(), event.reference());
  }

  static String withdrawal(Withdrawn event) {
    return withdrawal(event.developer(), event.reference());
  }
}
