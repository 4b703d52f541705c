package io.phalanx.scheduler.simulation;

import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.AccountCommand.CorrectCharge;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.proof.Receipt;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.state.State;
import java.util.ArrayList;
import java.util.List;

/** The newest charges, as an admin finds them in the log of receipts. */
final class Receipts {
  private static final int KEPT = 30;

  private final List<CorrectedCharge> newest = new ArrayList<>();

  /** Something became durable; the replica has it. */
  void remember(StampedEvent stamped, State replica) {
    if (!(stamped.event() instanceof GasCharged event) || event.charged() == 0) {
      return;
    }
    Assignment assignment = replica.assignments().known(event.assignmentId());
    newest.add(
        new CorrectedCharge(
            Receipt.idAt(stamped.moment().position()),
            stamped.moment().atMs(),
            replica.deployments().known(assignment.deploymentId()).developer(),
            assignment.placement().operator(),
            assignment.deploymentId(),
            assignment.id(),
            assignment.minerId(),
            event.charged(),
            event.fee(),
            event.treasury()));
    if (newest.size() > KEPT) {
      newest.remove(0);
    }
  }

  boolean isEmpty() {
    return newest.isEmpty();
  }

  /** An admin takes one of them back. */
  CorrectCharge correction(Chance chance) {
    return new CorrectCharge(chance.of(newest), "by chance");
  }
}
