package io.phalanx.scheduler.decide;

import static io.phalanx.scheduler.decision.Decision.accept;
import static io.phalanx.scheduler.decision.Decision.refuse;

import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.command.SettlementCommand.MarkSettlementDelivered;
import io.phalanx.scheduler.decision.Decision;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.event.SettlementEvent.SettlementAcknowledged;
import io.phalanx.scheduler.event.SettlementEvent.SettlementDelivered;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.settlement.SettlementState;
import io.phalanx.scheduler.state.State;
import java.util.Optional;

/** Settlements on their way to the payout layer. */
final class SettlementDecider {

  private final State state;

  SettlementDecider(State state) {
    this.state = state;
  }

  Decision decide(MarkSettlementDelivered command) {
    Optional<Settlement> found = state.settlements().find(command.number());
    if (found.isEmpty()) {
      return notFound(command.number());
    }
    return found.get().state() == SettlementState.CLOSED
        ? accept(new SettlementDelivered(command.number()))
        : accept();
  }

  Decision decide(AcknowledgeSettlement command) {
    Optional<Settlement> found = state.settlements().find(command.number());
    if (found.isEmpty()) {
      return notFound(command.number());
    }
    Settlement settlement = found.get();
    if (settlement.state() != SettlementState.ACKNOWLEDGED) {
      return accept(new SettlementAcknowledged(command.number(), command.reference()));
    }
    return command.reference().equals(settlement.reference())
        ? accept()
        : refuse(
            Refusal.SETTLEMENT_HAS_ANOTHER_REFERENCE,
            "Settlement " + command.number() + " was acknowledged with another reference.");
  }

  private static Decision notFound(long number) {
    return refuse(Refusal.SETTLEMENT_NOT_FOUND, "There is no settlement " + number + ".");
  }
}
