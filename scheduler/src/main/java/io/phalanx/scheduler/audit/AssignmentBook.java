package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.audit.DeploymentFacts.SlotFacts;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentAcknowledged;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentBeganLeaving;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentStayed;
import io.phalanx.scheduler.event.Moment;
import java.util.List;
import java.util.Set;

/** Assignments from their offer to their end. */
final class AssignmentBook {

  private static final Set<AssignmentEndReason> MINER_LET_IT_DOWN =
      Set.of(
          AssignmentEndReason.ACK_TIMEOUT,
          AssignmentEndReason.DECLINED,
          AssignmentEndReason.FAILED);
  private static final Set<AssignmentEndReason> DEVELOPER_IS_INNOCENT =
      Set.of(
          AssignmentEndReason.ACK_TIMEOUT,
          AssignmentEndReason.DECLINED,
          AssignmentEndReason.MINER_LOST,
          AssignmentEndReason.MINER_STOPPED,
          AssignmentEndReason.TIER_DROPPED,
          AssignmentEndReason.DRAINED);

  private final Books books;
  private final MinerBook minerBook;
  private final OfferCheck offers;
  private final MoveBook moves;

  AssignmentBook(Books books, MinerBook minerBook, MoveBook moves) {
    this.books = books;
    this.minerBook = minerBook;
    this.moves = moves;
    this.offers = new OfferCheck(books);
  }

  void take(AssignmentOffered event, Moment moment) {
    DeploymentFacts deployment = books.deployment(event.deploymentId());
    MinerFacts miner = books.miner(event.placement().minerId());
    if (deployment == null || miner == null) {
      return;
    }
    AssignmentFacts assignment =
        new AssignmentFacts(event.assignmentId(), deployment, miner, event.placement());
    boolean isNew = books.assignments.putIfAbsent(event.assignmentId(), assignment) == null;
    books.findings.check(isNew, 7, () -> assignment + " is offered again");
    offers.check(assignment, event.replaces(), moment);
    minerBook.occupy(assignment, moment);
    books.live.put(assignment.id, assignment);
    deployment.assignments.add(assignment);
    List<SlotFacts> slots = deployment.slots;
    int replica = event.placement().replica();
    if (replica >= 0 && replica < slots.size()) {
      slots.get(replica).live = assignment;
    }
    books.changed(deployment, moment);
  }

  void take(AssignmentAcknowledged event, Moment moment) {
    AssignmentFacts assignment = books.assignment(event.assignmentId());
    if (assignment == null) {
      return;
    }
    boolean offered = assignment.isLive() && assignment.runningAtMs == null;
    books.findings.check(offered, 8, () -> assignment + " is acknowledged and was not Offered");
    assignment.runningAtMs = moment.atMs();
    moves.acknowledged(assignment);
    books.changed(assignment.deployment, moment);
  }

  void take(AssignmentBeganLeaving event, Moment moment) {
    AssignmentFacts assignment = books.assignment(event.assignmentId());
    if (assignment != null) {
      moves.take(event, assignment, moment);
    }
  }

  void take(AssignmentStayed event, Moment moment) {
    AssignmentFacts assignment = books.assignment(event.assignmentId());
    if (assignment != null) {
      moves.take(event, assignment, moment);
    }
  }

  void take(AssignmentEnded event, Moment moment) {
    AssignmentFacts assignment = books.assignment(event.assignmentId());
    if (assignment == null) {
      return;
    }
    books.findings.check(assignment.isLive(), 8, () -> assignment + " ends twice");
    boolean ran = assignment.runningAtMs != null;
    boolean fits =
        switch (event.reason()) {
          case COMPLETED, FAILED -> ran;
          case ACK_TIMEOUT, DECLINED -> !ran;
          case CANCELLED,
              MINER_LOST,
              MINER_STOPPED,
              TIER_DROPPED,
              DRAINED,
              OUT_OF_GAS,
              LIFETIME_ENDED,
              SUPERSEDED ->
              true;
        };
    books.findings.check(fits, 8, () -> assignment + " cannot end for " + event.reason());
    moves.ends(assignment, event.reason(), moment);
    assignment.endedAtMs = moment.atMs();
    books.live.remove(assignment.id);
    minerBook.free(assignment, moment);
    vacate(assignment, event.reason(), moment);
  }

  private void vacate(AssignmentFacts assignment, AssignmentEndReason reason, Moment moment) {
    DeploymentFacts deployment = assignment.deployment;
    for (SlotFacts slot : deployment.slots) {
      if (assignment.equals(slot.leaving)) {
        slot.leaving = null; // its slot lacks a miner already, or has one
        slot.completed = reason == AssignmentEndReason.COMPLETED;
      } else if (assignment.equals(slot.live)) {
        slot.live = null;
        slot.completed = reason == AssignmentEndReason.COMPLETED;
        boolean innocent = DEVELOPER_IS_INNOCENT.contains(reason);
        long headStartMs = books.policy.assignments().headStart().toMillis();
        slot.waitingSinceMs = moment.atMs() - (innocent ? headStartMs : 0);
      }
    }
    if (MINER_LET_IT_DOWN.contains(reason)) {
      long untilMs = moment.atMs() + books.policy.assignments().exclusion().toMillis();
      deployment.excludedUntilMs.put(assignment.miner.id, untilMs);
    }
    books.changed(deployment, moment);
  }
}
