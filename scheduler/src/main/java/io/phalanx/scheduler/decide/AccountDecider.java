package io.phalanx.scheduler.decide;

import static io.phalanx.scheduler.decision.Decision.accept;
import static io.phalanx.scheduler.decision.Decision.refuse;

import io.phalanx.scheduler.account.Account;
import io.phalanx.scheduler.command.AccountCommand.CorrectCharge;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.AccountCommand.Withdraw;
import io.phalanx.scheduler.decision.Decision;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.event.AccountEvent.ChargeCorrected;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.AccountEvent.Withdrawn;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.state.References;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deposits and withdrawals. */
public final class AccountDecider {

  private final State state;

  /** Decides on that state. */
  public AccountDecider(State state) {
    this.state = state;
  }

  Decision decide(Deposit command) {
    String scope = References.deposit(command.developer(), command.reference());
    Optional<Decision> before = movedBefore(scope, command.amount());
    if (before.isPresent()) {
      return before.get();
    }
    List<Event> events = new ArrayList<>();
    Amount available =
        startingBalance(state, command.developer(), command.startingBalance(), events);
    if (!events.isEmpty() && command.reference().equals(DeploymentDecider.OPENING)) {
      return refuse(
          Refusal.KEY_WAS_USED_FOR_ANOTHER_REQUEST,
          "This reference is that of the opening balance.");
    }
    if (after(command, available).compareTo(Amount.MOST) > 0) {
      String detail = "must leave the account at 30 digits, with what it spent";
      return new Decision.Refused(Rejection.field(Refusal.VALUE_IS_INVALID, "/amount", detail));
    }
    events.add(new Deposited(command.developer(), command.amount(), command.reference()));
    return accept(events);
  }

  /** All that the account will ever show in one place: what was spent may come back. */
  private Amount after(Deposit command, Amount available) {
    Account account = state.ledger().of(command.developer());
    return available.plus(account.held()).plus(account.spent()).plus(command.amount());
  }

  Decision decide(Withdraw command) {
    String scope = References.withdrawal(command.developer(), command.reference());
    Optional<Decision> before = movedBefore(scope, command.amount());
    if (before.isPresent()) {
      return before.get();
    }
    List<Event> events = new ArrayList<>();
    Amount available =
        startingBalance(state, command.developer(), command.startingBalance(), events);
    if (available.compareTo(command.amount()) < 0) {
      return new Decision.Refused(DeploymentDecider.shortOf(command.amount(), available));
    }
    events.add(new Withdrawn(command.developer(), command.amount(), command.reference()));
    return accept(events);
  }

  Decision decide(CorrectCharge command) {
    CorrectedCharge charge = command.charge();
    if (state.ledger().isCorrected(charge.receiptId())) {
      return refuse(Refusal.CHARGE_IS_CORRECTED, "This receipt was corrected before.");
    }
    boolean settled = charge.atMs() < state.settlements().lastToMs();
    Amount needed = settled ? charge.total() : charge.treasury();
    Amount treasury = state.ledger().treasury();
    if (treasury.compareTo(needed) < 0) {
      return new Decision.Refused(
          Rejection.guard(
              Refusal.TREASURY_IS_TOO_LOW,
              "The treasury cannot give that back: it has " + treasury + ".",
              needed.toString(),
              treasury.toString()));
    }
    return accept(new ChargeCorrected(command.developer(), charge, settled, command.reason()));
  }

  private Optional<Decision> movedBefore(String scope, Amount amount) {
    return state
        .ledger()
        .movedUnder(scope)
        .map(
            moved ->
                moved.equals(amount)
                    ? accept() // one reference counts once
                    : refuse(
                        Refusal.KEY_WAS_USED_FOR_ANOTHER_REQUEST,
                        "This reference moved " + moved + " before."));
  }

  /** What is available, after the opening deposit of a developer who is new in open mode. */
  static Amount startingBalance(
      State state, String developer, Amount startingBalance, List<Event> events) {
    boolean opens = !startingBalance.isZero() && state.ledger().find(developer).isEmpty();
    if (opens) {
      events.add(DeploymentDecider.opening(developer, startingBalance));
      return startingBalance;
    }
    return state.ledger().of(developer).available();
  }
}
