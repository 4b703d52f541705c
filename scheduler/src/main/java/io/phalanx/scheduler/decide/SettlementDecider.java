package io.phalanx.scheduler.decide;

import static io.phalanx.scheduler.decision.Decision.accept;
import static io.phalanx.scheduler.decision.Decision.refuse;

import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.command.SettlementCommand.MarkSettlementDelivered;
import io.phalanx.scheduler.decision.Decision;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.event.SettlementEvent.SettlementAcknowledged;
import io.phalanx.scheduler.event.SettlementEvent.SettlementDelivered;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.settlement.Payout;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.settlement.SettlementState;
import io.phalanx.scheduler.state.State;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
      Optional<Rejection> fault = fault(command.payouts());
      return fault.isPresent()
          ? new Decision.Refused(fault.get())
          : accept(
              new SettlementAcknowledged(command.number(), command.reference(), command.payouts()));
    }
    return repeated(command, settlement);
  }

  /** The same again changes nothing; something else in its place would be lost unnoticed. */
  private static Decision repeated(AcknowledgeSettlement command, Settlement settlement) {
    String which = "Settlement " + command.number() + " was acknowledged with ";
    if (!command.reference().equals(settlement.reference())) {
      return refuse(Refusal.SETTLEMENT_HAS_ANOTHER_REFERENCE, which + "another reference.");
    }
    return settlement.hasOtherPayouts(command.payouts())
        ? refuse(Refusal.SETTLEMENT_HAS_OTHER_PAYOUTS, which + "other payouts.")
        : accept();
  }

  /** Who was paid must be known, and named once. */
  private Optional<Rejection> fault(List<Payout> payouts) {
    Set<MinerId> seen = new HashSet<>();
    for (int i = 0; i < payouts.size(); i++) {
      MinerId id = payouts.get(i).minerId();
      boolean isKnown = state.miners().find(id).isPresent();
      if (!isKnown || !seen.add(id)) {
        String detail = isKnown ? "names a miner twice" : "no miner has that key";
        return Optional.of(
            Rejection.field(Refusal.VALUE_IS_INVALID, "/payouts/" + i + "/minerId", detail));
      }
    }
    return Optional.empty();
  }

  private static Decision notFound(long number) {
    return refuse(Refusal.SETTLEMENT_NOT_FOUND, "There is no settlement " + number + ".");
  }
}
