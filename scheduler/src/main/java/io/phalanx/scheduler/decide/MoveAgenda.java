package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Slot;
import io.phalanx.scheduler.event.AssignmentEvent;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.AssignmentEvent.ReadingFlagged;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentChanged;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent;
import io.phalanx.scheduler.event.SystemEvent.MassSilenceNoticed;
import io.phalanx.scheduler.event.SystemEvent.PolicyChanged;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.state.State;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which live assignments are to be looked at, and when; and which wait for their turn to be moved.
 * It can be made anew from the state at any time, so a new leader needs nothing else.
 */
final class MoveAgenda {

  /** To be looked at, from that time on. */
  private record Look(long dueMs, long epoch, AssignmentId id) {}

  /** Waits for its turn. */
  private record Turn(long value, long epoch, AssignmentId id) {}

  private final State state;
  private final TreeSet<Look> looks =
      new TreeSet<>(Comparator.comparingLong(Look::dueMs).thenComparingLong(Look::epoch));
  private final TreeSet<Turn> turns =
      new TreeSet<>(
          Comparator.comparingLong(Turn::value).reversed().thenComparingLong(Turn::epoch));
  private final Map<AssignmentId, Look> lookOf = new HashMap<>();
  private final Map<AssignmentId, Turn> turnOf = new HashMap<>();

  /** Everything that lives is looked at once. */
  MoveAgenda(State state) {
    this.state = state;
    lookAtAll();
  }

  void follow(Event event) {
    if (event instanceof GasCharged || event instanceof ReadingFlagged) {
      return; // the most frequent of all, and no reason to move
    }
    if (event instanceof AssignmentEvent happened) {
      lookAtSlot(state.assignments().known(happened.assignmentId()));
    } else if (event instanceof MinerEvent happened) {
      lookAt(state.miners().known(happened.minerId()).standing().assignmentId());
    } else if (event instanceof DeploymentChanged changed) {
      lookAt(changed.deploymentId());
    } else if (event instanceof MassSilenceNoticed || event instanceof PolicyChanged) {
      lookAtAll();
    }
  }

  private void lookAtAll() {
    state.assignments().all().stream()
        .filter(Assignment::isLive)
        .forEach(assignment -> look(assignment, 0));
  }

  /** What leaves a slot and what replaces it depend on each other. */
  private void lookAtSlot(Assignment assignment) {
    look(assignment, 0);
    Slot slot =
        state
            .deployments()
            .known(assignment.deploymentId())
            .slots()
            .get(assignment.placement().replica());
    slot.live().forEach(this::lookAt);
  }

  private void lookAt(DeploymentId deployment) {
    state.deployments().known(deployment).slots().stream()
        .flatMap(slot -> slot.live().stream())
        .forEach(this::lookAt);
  }

  private void lookAt(@Nullable AssignmentId id) {
    if (id != null) {
      look(state.assignments().known(id), 0);
    }
  }

  private void look(Assignment assignment, long dueMs) {
    forget(assignment.id());
    Look look = new Look(dueMs, assignment.epoch(), assignment.id());
    lookOf.put(look.id(), look);
    looks.add(look);
  }

  /** Nothing is to be done about it now; time may change that. */
  void lookAgain(Assignment assignment, long dueMs) {
    if (dueMs < Long.MAX_VALUE) {
      look(assignment, dueMs);
    }
  }

  /** It is to be moved when its turn comes: the highest value first, then the oldest. */
  void queue(Assignment assignment, long value) {
    Turn turn = new Turn(value, assignment.epoch(), assignment.id());
    turnOf.put(turn.id(), turn);
    turns.add(turn);
  }

  /** The next one to be looked at by that time. */
  Optional<Assignment> nextDue(long atMs) {
    while (!looks.isEmpty() && looks.first().dueMs() <= atMs) {
      AssignmentId id = looks.first().id();
      forget(id);
      Optional<Assignment> live = live(id);
      if (live.isPresent()) {
        return live;
      }
    }
    return Optional.empty();
  }

  /** The next one whose turn it is. */
  Optional<Assignment> nextQueued() {
    while (!turns.isEmpty()) {
      AssignmentId id = turns.first().id();
      forget(id);
      Optional<Assignment> live = live(id);
      if (live.isPresent()) {
        return live;
      }
    }
    return Optional.empty();
  }

  private Optional<Assignment> live(AssignmentId id) {
    return state.assignments().find(id).filter(Assignment::isLive);
  }

  private void forget(AssignmentId id) {
    Look look = lookOf.remove(id);
    if (look != null) {
      looks.remove(look);
    }
    Turn turn = turnOf.remove(id);
    if (turn != null) {
      turns.remove(turn);
    }
  }
}
