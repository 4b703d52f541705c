package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentEndReason;
import io.phalanx.scheduler.deployment.Leaving;
import io.phalanx.scheduler.deployment.Progress;
import io.phalanx.scheduler.deployment.Slot;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentEnded;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent.MinerCordoned;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.miner.Cordon;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.Strikes;
import io.phalanx.scheduler.policy.AssignmentRules;
import io.phalanx.scheduler.policy.MinerRules;
import io.phalanx.scheduler.state.FailureRun;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What ends with an assignment or a deployment, and what follows from it. */
final class Endings {

  private final State state;

  Endings(State state) {
    this.state = state;
  }

  /** The end of an assignment, and of its deployment or of its miner's good standing with it. */
  List<Event> end(
      Assignment assignment, AssignmentEndReason reason, @Nullable String note, long atMs) {
    List<Event> events = new ArrayList<>();
    Deployment deployment = state.deployments().known(assignment.deploymentId());
    List<AssignmentId> slot = deployment.slots().get(assignment.placement().replica()).live();
    if (reason == AssignmentEndReason.COMPLETED && slot.size() > 1) { // nobody needs to take over
      events.add(new AssignmentEnded(slot.get(1), AssignmentEndReason.SUPERSEDED, null));
    }
    events.add(new AssignmentEnded(assignment.id(), reason, note));
    switch (reason) {
      case ACK_TIMEOUT -> strike(state.miners().known(assignment.minerId()), atMs, events);
      case COMPLETED -> {
        if (deployment.completed() + 1 == deployment.spec().replicas()) {
          end(deployment, DeploymentEndReason.COMPLETED, slot, events);
        }
      }
      case FAILED -> {
        if (isHopeless(deployment, assignment, atMs)) {
          end(deployment, DeploymentEndReason.FAILED, List.of(assignment.id()), events);
        }
      }
      case CANCELLED,
          DECLINED,
          MINER_LOST,
          MINER_STOPPED,
          TIER_DROPPED,
          DRAINED,
          OUT_OF_GAS,
          LIFETIME_ENDED,
          SUPERSEDED -> {}
    }
    return events;
  }

  /** The end of one that leaves, for the reason for which it does. */
  List<Event> endLeft(Assignment assignment, long atMs) {
    Leaving leaving = assignment.leaving();
    AssignmentEndReason reason = leaving == null ? AssignmentEndReason.DRAINED : leaving.reason();
    return end(assignment, reason, null, atMs);
  }

  /** The end of a deployment with all its assignments. */
  List<Event> end(Deployment deployment, DeploymentEndReason reason) {
    List<Event> events = new ArrayList<>();
    end(deployment, reason, List.of(), events);
    return events;
  }

  /**
   * The end of a deployment that buys no more gas.
   *
   * @param read the assignment whose reading used it up
   * @param last whether that reading was its last, so that none is awaited from it
   */
  List<Event> endOutOfGas(Deployment deployment, AssignmentId read, boolean last) {
    List<Event> events = new ArrayList<>();
    endAssignments(deployment, DeploymentEndReason.OUT_OF_GAS, List.of(), events);
    boolean awaited =
        state.assignments().of(deployment.id()).stream()
            .anyMatch(a -> a.id().equals(read) ? !last : a.awaitsFinalReading());
    events.add(ended(deployment, DeploymentEndReason.OUT_OF_GAS, awaited));
    return events;
  }

  private void end(
      Deployment deployment,
      DeploymentEndReason reason,
      List<AssignmentId> endedBefore,
      List<Event> events) {
    endAssignments(deployment, reason, endedBefore, events);
    events.add(ended(deployment, reason, awaitsReadings(deployment)));
  }

  private static void endAssignments(
      Deployment deployment,
      DeploymentEndReason reason,
      List<AssignmentId> endedBefore,
      List<Event> events) {
    for (Slot slot : deployment.slots()) {
      for (AssignmentId live : slot.live()) {
        if (!endedBefore.contains(live)) {
          events.add(new AssignmentEnded(live, reasonFor(reason), null));
        }
      }
    }
  }

  private DeploymentEnded ended(
      Deployment deployment, DeploymentEndReason reason, boolean awaitsReadings) {
    Amount kept = awaitsReadings ? retention(deployment) : Amount.ZERO;
    return new DeploymentEnded(deployment.id(), reason, deployment.funds().held().minus(kept));
  }

  private Amount retention(Deployment deployment) {
    int divisor = state.policy().gas().retentionDivisor();
    return deployment.spec().budget().dividedBy(divisor).min(deployment.funds().held());
  }

  private boolean awaitsReadings(Deployment deployment) {
    return state.assignments().of(deployment.id()).stream()
        .anyMatch(Assignment::awaitsFinalReading);
  }

  private static AssignmentEndReason reasonFor(DeploymentEndReason reason) {
    return switch (reason) {
      case OUT_OF_GAS -> AssignmentEndReason.OUT_OF_GAS;
      case LIFETIME_ENDED -> AssignmentEndReason.LIFETIME_ENDED;
      case COMPLETED, CANCELLED, QUEUE_TIMEOUT, FAILED -> AssignmentEndReason.CANCELLED;
    };
  }

  private void strike(Miner miner, long atMs, List<Event> events) {
    MinerRules rules = state.policy().miners();
    Strikes strikes = miner.strikes();
    if (strikes.inARow() + 1 < rules.strikesToCordon() || miner.cordon() != null) {
      return;
    }
    long lengthMs = rules.strikeCordon().toMillis() << Math.min(strikes.cordons(), 10);
    String reason = (strikes.inARow() + 1) + " offers in a row were not acknowledged";
    events.add(
        new MinerCordoned(miner.id(), new Cordon(Cordon.SYSTEM, reason, atMs + lengthMs, null)));
  }

  private boolean isHopeless(Deployment deployment, Assignment failing, long atMs) {
    if (!FailureRun.continues(state, failing, atMs)) {
      return false;
    }
    AssignmentRules rules = state.policy().assignments();
    Progress progress = deployment.progress();
    TreeSet<String> operators = new TreeSet<>(progress.failedOperators());
    operators.add(failing.placement().operator());
    return progress.failures() + 1 >= rules.failuresToEnd()
        && operators.size() >= rules.failureOperators();
  }
}
