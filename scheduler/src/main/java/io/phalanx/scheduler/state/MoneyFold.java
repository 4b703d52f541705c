package io.phalanx.scheduler.state;

import io.phalanx.scheduler.account.Ledger;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.event.AccountEvent.ChargeCorrected;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.AccountEvent.Withdrawn;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SettlementEvent.SettlementAcknowledged;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.event.SettlementEvent.SettlementDelivered;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.state.Change.BudgetChange;
import io.phalanx.scheduler.state.Change.EntryChange;
import io.phalanx.scheduler.state.Change.SettlementChange;
import io.phalanx.scheduler.unit.Amount;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Spreads what moves money over accounts, deployments, the open period and timers. */
final class MoneyFold {

  private static final String OPEN_PERIOD = "open";

  /** A developer is warned when so much of a budget is used up. */
  private static final int WARNING_PERCENT = 80;

  private static final int ALL_PERCENT = 100;

  private final State state;
  private final ChangeListener listener;

  MoneyFold(State state, ChangeListener listener) {
    this.state = state;
    this.listener = listener;
  }

  void hold(Deployment deployment, Amount amount, Moment moment) {
    ledger().hold(deployment.developer(), amount);
    entry(deployment.developer(), "hold", amount, deployment.id(), null, moment);
  }

  void release(Deployment deployment, Amount amount, Moment moment) {
    if (!amount.isZero()) {
      ledger().release(deployment.developer(), amount);
      entry(deployment.developer(), "release", amount, deployment.id(), null, moment);
    }
  }

  /** Its developer has changed the budget. */
  void rebudget(Deployment before, Deployment after, Moment moment) {
    Amount old = before.spec().budget();
    Amount budget = after.spec().budget();
    if (budget.compareTo(old) > 0) {
      hold(before, budget.minus(old), moment);
    } else if (budget.compareTo(old) < 0) {
      release(before, old.minus(budget), moment);
    }
    warn(before, after, moment);
  }

  Assignment apply(GasCharged event, Moment moment) {
    Assignment assignment = state.assignments().apply(event, moment);
    Deployment before = state.deployments().known(assignment.deploymentId());
    state.deployments().apply(event, assignment.deploymentId());
    Deployment after = state.deployments().known(assignment.deploymentId());
    ledger().charge(after.developer(), assignment.minerId(), event.fee(), event.treasury());
    if (after.isEnded() && after.funds().held().isZero()) {
      state.timers().clear(TimerKind.RETENTION, after.id().text());
    }
    if (event.charged() > 0) {
      long periodMs = state.policy().gas().settlementPeriod().toMillis();
      String operator = assignment.placement().operator();
      state.settlements().charge(event, assignment.minerId(), operator, moment, periodMs);
      state.timers().set(TimerKind.SETTLEMENT, OPEN_PERIOD, state.settlements().openToMs());
      warn(before, after, moment);
    }
    boolean buysMore = assignment.placement().gasPrice().isCoveredBy(after.funds().held());
    if (!after.isEnded() && !buysMore) {
      listener.changed(moment, new BudgetChange(after, ALL_PERCENT));
    }
    return assignment;
  }

  private void warn(Deployment before, Deployment after, Moment moment) {
    if (!isNearlySpent(before) && isNearlySpent(after) && !after.isEnded()) {
      listener.changed(moment, new BudgetChange(after, WARNING_PERCENT));
    }
  }

  private static boolean isNearlySpent(Deployment deployment) {
    BigInteger spent = deployment.funds().spent().pico();
    BigInteger budget = deployment.spec().budget().pico();
    return spent
            .multiply(BigInteger.valueOf(ALL_PERCENT))
            .compareTo(budget.multiply(BigInteger.valueOf(WARNING_PERCENT)))
        >= 0;
  }

  void apply(Deposited event, Moment moment) {
    ledger().deposit(event.developer(), event.amount(), References.deposit(event));
    entry(event.developer(), "deposit", event.amount(), null, event.reference(), moment);
  }

  void apply(Withdrawn event, Moment moment) {
    ledger().withdraw(event.developer(), event.amount(), References.withdrawal(event));
    entry(event.developer(), "withdrawal", event.amount(), null, event.reference(), moment);
  }

  void apply(ChargeCorrected event, Moment moment) {
    CorrectedCharge charge = event.charge();
    if (event.settled()) {
      ledger().refundFromTreasury(charge);
    } else {
      ledger().uncharge(charge);
      state.settlements().uncharge(event, moment);
    }
    state.deployments().refund(charge.deploymentId(), charge.total());
    entry(
        event.developer(),
        "correction",
        charge.total(),
        charge.deploymentId(),
        charge.receiptId(),
        moment);
  }

  void apply(SettlementClosed event, Moment moment) {
    state.settlements().apply(event, moment);
    event.lines().forEach(ledger()::close);
    state.timers().clear(TimerKind.SETTLEMENT, OPEN_PERIOD);
    tell(state.settlements().known(event.number()), moment);
  }

  void apply(SettlementDelivered event, Moment moment) {
    tell(state.settlements().apply(event, moment), moment);
  }

  void apply(SettlementAcknowledged event, Moment moment) {
    Settlement settlement = state.settlements().apply(event, moment);
    settlement.lines().forEach(ledger()::pay);
    tell(settlement, moment);
  }

  /** The ledger's lines of a quote name it as their reference. */
  void hold(Quote quote, Moment moment) {
    Amount budget = quote.spec().budget();
    ledger().hold(quote.developer(), budget);
    entry(quote.developer(), "hold", budget, null, quote.id().text(), moment);
  }

  void release(Quote quote, Moment moment) {
    Amount budget = quote.spec().budget();
    ledger().release(quote.developer(), budget);
    entry(quote.developer(), "release", budget, null, quote.id().text(), moment);
  }

  private Ledger ledger() {
    return state.ledger();
  }

  private void entry(
      String developer,
      String kind,
      Amount amount,
      @Nullable DeploymentId deployment,
      @Nullable String reference,
      Moment moment) {
    Amount balance = ledger().of(developer).available();
    listener.changed(
        moment, new EntryChange(developer, kind, amount, balance, deployment, reference));
  }

  private void tell(Settlement settlement, Moment moment) {
    listener.changed(moment, new SettlementChange(settlement));
  }
}
