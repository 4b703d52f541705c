package io.phalanx.scheduler.state;

import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.AccountEvent.Withdrawn;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.state.Change.EntryChange;
import io.phalanx.scheduler.unit.Amount;

/** Moves money on developers' available balances, and notes each movement. */
final class LedgerFold {

  private final State state;
  private final ChangeListener listener;

  LedgerFold(State state, ChangeListener listener) {
    this.state = state;
    this.listener = listener;
  }

  void hold(String developer, Amount amount, DeploymentId deployment, Moment moment) {
    state.ledger().hold(developer, amount);
    entry(developer, "hold", amount, deployment, moment);
  }

  void rebudget(Deployment before, Amount budget, Moment moment) {
    Amount old = before.spec().budget();
    if (budget.compareTo(old) > 0) {
      hold(before.developer(), budget.minus(old), before.id(), moment);
    } else if (budget.compareTo(old) < 0) {
      release(before, old.minus(budget), moment);
    }
  }

  void release(Deployment deployment, Amount amount, Moment moment) {
    if (!amount.isZero()) {
      state.ledger().release(deployment.developer(), amount);
      entry(deployment.developer(), "release", amount, deployment.id(), moment);
    }
  }

  /** The ledger's lines of a quote name it as their reference. */
  void hold(Quote quote, Moment moment) {
    Amount budget = quote.spec().budget();
    state.ledger().hold(quote.developer(), budget);
    entry(quote.developer(), "hold", budget, quote.id().text(), moment);
  }

  void release(Quote quote, Moment moment) {
    Amount budget = quote.spec().budget();
    state.ledger().release(quote.developer(), budget);
    entry(quote.developer(), "release", budget, quote.id().text(), moment);
  }

  void apply(Deposited event, Moment moment) {
    state.ledger().deposit(event.developer(), event.amount(), References.deposit(event));
    entry(event.developer(), "deposit", event.amount(), event.reference(), moment);
  }

  void apply(Withdrawn event, Moment moment) {
    state.ledger().withdraw(event.developer(), event.amount(), References.withdrawal(event));
    entry(event.developer(), "withdrawal", event.amount(), event.reference(), moment);
  }

  private void entry(
      String developer, String kind, Amount amount, DeploymentId deployment, Moment moment) {
    Amount balance = state.ledger().of(developer).available();
    listener.changed(moment, new EntryChange(developer, kind, amount, balance, deployment, null));
  }

  private void entry(
      String developer, String kind, Amount amount, String reference, Moment moment) {
    Amount balance = state.ledger().of(developer).available();
    listener.changed(moment, new EntryChange(developer, kind, amount, balance, null, reference));
  }
}
