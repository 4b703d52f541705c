package io.phalanx.scheduler.decide;

import io.phalanx.placement.Objective;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.Leaving;
import io.phalanx.scheduler.deployment.Slot;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentBeganLeaving;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentStayed;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.policy.MoveRules;
import io.phalanx.scheduler.state.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which running contracts leave their miners, and which stay after all. What is to be looked at it
 * remembers itself, from the events; what it decides follows from the state alone.
 */
final class MoveDecider {

  private final State state;
  private final Endings endings;
  private final MoveCause causes;
  private final MoveAgenda agenda;

  MoveDecider(State state) {
    this.state = state;
    this.endings = new Endings(state);
    this.causes = new MoveCause(state);
    this.agenda = new MoveAgenda(state);
  }

  /** Something has happened: what it concerns is looked at again. */
  void follow(Event event) {
    agenda.follow(event);
  }

  /**
   * What does not suit its miner any more begins to leave it, or stays after all.
   *
   * @param emit applies an event to the state before the next step is decided
   */
  void run(long atMs, Consumer<Event> emit) {
    List<Event> next = next(atMs);
    while (!next.isEmpty()) {
      next.forEach(emit);
      next = next(atMs);
    }
  }

  private List<Event> next(long atMs) {
    Optional<Assignment> due = agenda.nextDue(atMs);
    while (due.isPresent()) {
      List<Event> step = step(due.get(), atMs);
      if (!step.isEmpty()) {
        return step;
      }
      due = agenda.nextDue(atMs);
    }
    return begin(atMs);
  }

  private List<Event> step(Assignment assignment, long atMs) {
    Optional<Leaving> cause = causes.of(assignment, atMs);
    agenda.lookAgain(assignment, causes.nextChangeMs(assignment, atMs));
    return switch (assignment.state()) {
      case OFFERED -> // nobody runs it yet, so nothing is lost
          cause.map(gone -> endings.end(assignment, gone.reason(), null, atMs)).orElse(List.of());
      case RUNNING -> running(assignment, cause);
      case ENDED -> List.of();
    };
  }

  private List<Event> running(Assignment assignment, Optional<Leaving> cause) {
    Leaving now = assignment.leaving();
    if (cause.isEmpty()) {
      boolean stays = now != null && slotOf(assignment).assignmentId() == null;
      return stays ? List.of(new AssignmentStayed(assignment.id())) : List.of();
    }
    Leaving due = cause.get();
    if (now == null && due.reason() != AssignmentEndReason.DRAINED) {
      agenda.queue(assignment, value(assignment));
      return List.of();
    }
    boolean differs = now == null || now.reason() != due.reason() || now.byMs() != due.byMs();
    return differs ? List.of(leave(assignment, due)) : List.of();
  }

  /** The most valuable of those that wait for their turn, and of these the oldest. */
  private List<Event> begin(long atMs) {
    MoveRules rules = state.policy().moves();
    while (state.moving().begunBy(atMs, rules.every().toMillis()) < rules.atOnce()) {
      Optional<Assignment> next = agenda.nextQueued();
      if (next.isEmpty()) {
        return List.of();
      }
      Optional<Leaving> cause = causes.of(next.get(), atMs);
      if (cause.isPresent()) {
        return List.of(leave(next.get(), cause.get()));
      }
    }
    return List.of();
  }

  private static AssignmentBeganLeaving leave(Assignment assignment, Leaving due) {
    return new AssignmentBeganLeaving(assignment.id(), due.reason(), due.byMs());
  }

  private Slot slotOf(Assignment assignment) {
    Deployment deployment = state.deployments().known(assignment.deploymentId());
    return deployment.slots().get(assignment.placement().replica());
  }

  /** What a running contract is worth: its bid, up to where bids stop to count. */
  private long value(Assignment assignment) {
    Deployment deployment = state.deployments().known(assignment.deploymentId());
    long most = Objective.DEFAULT.bidCap() * state.market().referencePrice();
    return Math.min(deployment.spec().maxGasPrice().clamped(), most);
  }
}
