package io.phalanx.scheduler.decide;

import static io.phalanx.scheduler.decision.Decision.accept;
import static io.phalanx.scheduler.decision.Decision.refuse;

import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.decision.Decision;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.AssignmentState;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentAcknowledged;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a miner says about its assignment. */
public final class AssignmentDecider {

  private final State state;
  private final Endings endings;

  /** Decides on that state. */
  public AssignmentDecider(State state) {
    this.state = state;
    this.endings = new Endings(state);
  }

  Decision decide(AcknowledgeAssignment command, long atMs) {
    return with(
        command.assignmentId(),
        command.epoch(),
        assignment ->
            switch (assignment.state()) {
              case OFFERED -> accept(takeOver(assignment, atMs));
              case RUNNING -> accept(); // said before
              case ENDED -> ended(assignment);
            });
  }

  /** The miner has the contract; the one that it was moved from has done its part. */
  private List<Event> takeOver(Assignment assignment, long atMs) {
    List<Event> events = new ArrayList<>();
    events.add(new AssignmentAcknowledged(assignment.id()));
    AssignmentId replaced = assignment.replaces();
    if (replaced != null) {
      state
          .assignments()
          .find(replaced)
          .filter(Assignment::isLeaving)
          .ifPresent(left -> events.addAll(endings.endLeft(left, atMs)));
    }
    return events;
  }

  Decision decide(CompleteAssignment command, long atMs) {
    return with(
        command.assignmentId(),
        command.epoch(),
        assignment ->
            switch (assignment.state()) {
              case OFFERED ->
                  refuse(
                      Refusal.ASSIGNMENT_IS_NOT_RUNNING,
                      "The assignment has not been acknowledged, so it cannot be complete.");
              case RUNNING ->
                  accept(
                      endings.end(
                          assignment, AssignmentEndReason.COMPLETED, command.reason(), atMs));
              case ENDED ->
                  endedFor(assignment, AssignmentEndReason.COMPLETED)
                      ? accept()
                      : ended(assignment);
            });
  }

  Decision decide(FailAssignment command, long atMs) {
    return with(
        command.assignmentId(),
        command.epoch(),
        assignment -> {
          AssignmentEndReason reason =
              assignment.state() == AssignmentState.OFFERED
                  ? AssignmentEndReason.DECLINED
                  : AssignmentEndReason.FAILED;
          if (assignment.isLive()) {
            return accept(endings.end(assignment, reason, command.reason(), atMs));
          }
          boolean before =
              endedFor(assignment, AssignmentEndReason.FAILED)
                  || endedFor(assignment, AssignmentEndReason.DECLINED);
          return before ? accept() : ended(assignment);
        });
  }

  private Decision with(AssignmentId id, long epoch, Function<Assignment, Decision> then) {
    Optional<Assignment> found = state.assignments().find(id);
    if (found.isEmpty()) {
      return notFound(id);
    }
    return found.get().epoch() == epoch ? then.apply(found.get()) : stale(found.get(), epoch);
  }

  private static boolean endedFor(Assignment assignment, AssignmentEndReason reason) {
    Assignment.Ending ended = assignment.ended();
    return ended != null && ended.reason() == reason;
  }

  static Decision notFound(AssignmentId id) {
    return refuse(Refusal.ASSIGNMENT_NOT_FOUND, "There is no assignment " + id + ".");
  }

  static Decision stale(Assignment assignment, long epoch) {
    return refuse(
        Refusal.EPOCH_IS_STALE,
        "The assignment's epoch is " + assignment.epoch() + ", not " + epoch + ".");
  }

  static Decision ended(Assignment assignment) {
    return refuse(
        Refusal.ASSIGNMENT_HAS_ENDED, "The assignment " + assignment.id() + " has ended.");
  }
}
