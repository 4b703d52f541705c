package io.phalanx.scheduler.state;

import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.state.Change.EntryChange;
import io.phalanx.scheduler.unit.Amount;

/** Moves developers' money, and says so in lines of their ledgers. */
final class Entries {

  private final State state;
  private final ChangeListener listener;

  Entries(State state, ChangeListener listener) {
    this.state = state;
    this.listener = listener;
  }

  /** Binds money for a deployment. */
  void hold(String developer, Amount amount, DeploymentId deployment, Moment moment) {
    state.ledger().hold(developer, amount);
    entry(developer, "hold", amount, deployment, moment);
  }

  /** Gives back what was bound for a deployment. */
  void release(Deployment deployment, Amount amount, Moment moment) {
    if (!amount.isZero()) {
      state.ledger().release(deployment.developer(), amount);
      entry(deployment.developer(), "release", amount, deployment.id(), moment);
    }
  }

  /** Binds more, or gives back, after the budget was changed. */
  void rebudget(Deployment before, Amount budget, Moment moment) {
    Amount old = before.spec().budget();
    if (budget.compareTo(old) > 0) {
      hold(before.developer(), budget.minus(old), before.id(), moment);
    } else {
      release(before, old.minus(budget), moment);
    }
  }

  /** A movement that is made elsewhere, under a word for it. */
  void tell(String developer, String kind, Amount amount, String reference, Moment moment) {
    Amount balance = state.ledger().of(developer).available();
    listener.changed(moment, new EntryChange(developer, kind, amount, balance, null, reference));
  }

  private void entry(
      String developer, String kind, Amount amount, DeploymentId deployment, Moment moment) {
    Amount balance = state.ledger().of(developer).available();
    listener.changed(moment, new EntryChange(developer, kind, amount, balance, deployment, null));
  }
}
