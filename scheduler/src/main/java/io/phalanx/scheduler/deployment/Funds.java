package io.phalanx.scheduler.deployment;

import io.phalanx.scheduler.unit.Amount;

/**
 * Where a deployment's budget is: held + spent + released = budget.
 *
 * @param held bound for gas to come
 * @param spent charged
 * @param released given back to the developer
 */
public record Funds(Amount held, Amount spent, Amount released) {

  static Funds held(Amount budget) {
    return new Funds(budget, Amount.ZERO, Amount.ZERO);
  }

  Funds charged(Amount amount) {
    return new Funds(held.minus(amount), spent.plus(amount), released);
  }

  Funds refunded(Amount amount) {
    return new Funds(held, spent.minus(amount), released.plus(amount));
  }

  Funds released(Amount amount) {
    return new Funds(held.minus(amount), spent, released.plus(amount));
  }

  Funds rebudgeted(Amount before, Amount after) {
    return new Funds(held.plus(after).minus(before), spent, released);
  }
}
