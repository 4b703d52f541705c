package io.phalanx.api.read;

import io.phalanx.scheduler.state.Change;
import io.phalanx.scheduler.state.Change.AssignmentChange;
import io.phalanx.scheduler.state.Change.BudgetChange;
import io.phalanx.scheduler.state.Change.DeploymentChange;
import io.phalanx.scheduler.state.Change.MinerChange;
import io.phalanx.scheduler.state.Change.QuoteChange;
import io.phalanx.scheduler.state.Change.RoundChange;
import io.phalanx.scheduler.state.Change.SettlementChange;
import java.util.Arrays;
import java.util.Optional;

/** What a stream tells of. */
public enum StreamKind {
  /** A deployment, without its assignments. */
  DEPLOYMENT("deployment"),
  /** An assignment. */
  ASSIGNMENT("assignment"),
  /** A miner. */
  MINER("miner"),
  /** A settlement. */
  SETTLEMENT("settlement"),
  /** A quote. */
  QUOTE("quote"),
  /** A deployment that has used up 80 % or all of its budget. */
  BUDGET("budget"),
  /** A round. */
  ROUND("round");

  private final String event;

  StreamKind(String event) {
    this.event = event;
  }

  /** Its name on the wire. */
  public String event() {
    return event;
  }

  /** The kind of that name. */
  public static Optional<StreamKind> named(String event) {
    return Arrays.stream(values()).filter(kind -> kind.event.equals(event)).findFirst();
  }

  /** The kind of a change; keys and ledger lines are not streamed. */
  static Optional<StreamKind> of(Change change) {
    if (change instanceof DeploymentChange) {
      return Optional.of(DEPLOYMENT);
    }
    if (change instanceof AssignmentChange) {
      return Optional.of(ASSIGNMENT);
    }
    if (change instanceof MinerChange) {
      return Optional.of(MINER);
    }
    if (change instanceof SettlementChange) {
      return Optional.of(SETTLEMENT);
    }
    if (change instanceof QuoteChange) {
      return Optional.of(QUOTE);
    }
    if (change instanceof BudgetChange) {
      return Optional.of(BUDGET);
    }
    return change instanceof RoundChange ? Optional.of(ROUND) : Optional.empty();
  }
}
