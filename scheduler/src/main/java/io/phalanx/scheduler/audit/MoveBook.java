package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.audit.DeploymentFacts.SlotFacts;
import io.phalanx.scheduler.audit.MinerFacts.Place;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentBeganLeaving;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentStayed;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Moves: for a reason, not too many at once, replacement first, and over in time. */
final class MoveBook {

  /** What leaves, and by when it was to be gone when that was written down. */
  private record Due(long byMs, AssignmentFacts assignment) {}

  private final Books books;
  private final Queue<Due> dues = new PriorityQueue<>(Comparator.comparingLong(Due::byMs));
  private @Nullable AssignmentFacts takenOver;
  private long countedSinceMs;
  private int begun;

  MoveBook(Books books) {
    this.books = books;
  }

  /** Whoever was replaced is ended with nothing between. */
  void before(Event event) {
    AssignmentFacts left = takenOver;
    if (left != null) {
      takenOver = null;
      boolean ends = event instanceof AssignmentEnded e && e.assignmentId().equals(left.id);
      check(ends, () -> left + " goes on after another has taken over");
      left.mayEnd = true;
    }
  }

  void take(AssignmentBeganLeaving event, AssignmentFacts assignment, Moment moment) {
    SlotFacts slot = assignment.slot();
    boolean again = assignment.leaving != null;
    boolean runs = assignment.runningAtMs != null && assignment.isLive();
    check(runs, () -> assignment + " leaves and does not run");
    check(
        assignment.equals(again ? slot.leaving : slot.live) && (again || slot.leaving == null),
        () -> assignment + " leaves a slot that is not its own");
    check(hasCause(event.reason(), assignment, moment), () -> assignment + " leaves without cause");
    checkEnd(event, assignment, moment);
    if (!again) {
      slot.live = null;
      slot.leaving = assignment;
      long headStartMs = books.policy.assignments().headStart().toMillis();
      slot.waitingSinceMs = moment.atMs() - headStartMs;
      pace(event, moment);
    }
    assignment.leaving = event.reason();
    assignment.leavesByMs = event.byMs();
    dues.add(new Due(event.byMs(), assignment));
    books.changed(assignment.deployment, moment);
  }

  private void checkEnd(AssignmentBeganLeaving event, AssignmentFacts assignment, Moment moment) {
    if (event.reason() == AssignmentEndReason.DRAINED) {
      Long byMs = assignment.miner.drainByMs;
      boolean asAsked = byMs != null && byMs == event.byMs();
      check(
          asAsked, () -> assignment + " leaves by " + event.byMs() + " and is drained by " + byMs);
    } else {
      long byMs = moment.atMs() + books.policy.moves().grace().toMillis();
      boolean within =
          assignment.leaving == null
              ? event.byMs() == byMs
              : event.byMs() <= Math.min(assignment.leavesByMs, byMs);
      check(within, () -> assignment + " has a grace of its own");
    }
  }

  private boolean hasCause(AssignmentEndReason reason, AssignmentFacts assignment, Moment moment) {
    MinerFacts miner = assignment.miner;
    return switch (reason) {
      case DRAINED -> miner.drainByMs != null;
      case TIER_DROPPED -> !suits(assignment, moment);
      case MINER_LOST -> miner.silent;
      case COMPLETED,
          CANCELLED,
          ACK_TIMEOUT,
          DECLINED,
          FAILED,
          MINER_STOPPED,
          OUT_OF_GAS,
          LIFETIME_ENDED,
          SUPERSEDED ->
          false;
    };
  }

  private static boolean suits(AssignmentFacts assignment, Moment moment) {
    MinerFacts miner = assignment.miner;
    return miner.evidenceHoldsAt(moment.atMs())
        && assignment.deployment.spec.tiers().list().contains(miner.evidence.tier());
  }

  private void pace(AssignmentBeganLeaving event, Moment moment) {
    if (event.reason() == AssignmentEndReason.DRAINED) {
      return;
    }
    if (moment.atMs() - countedSinceMs >= books.policy.moves().every().toMillis()) {
      countedSinceMs = moment.atMs();
      begun = 0;
    }
    begun++;
    check(begun <= books.policy.moves().atOnce(), () -> begun + " moves begin at once");
  }

  void take(AssignmentStayed event, AssignmentFacts assignment, Moment moment) {
    SlotFacts slot = assignment.slot();
    boolean left = assignment.equals(slot.leaving) && slot.live == null;
    check(left, () -> assignment + " stays and does not leave, or is replaced");
    boolean gone =
        suits(assignment, moment)
            && assignment.miner.drainByMs == null
            && (assignment.leaving != AssignmentEndReason.MINER_LOST || !assignment.miner.silent);
    check(gone, () -> assignment + " stays and has cause to leave");
    slot.leaving = null;
    slot.live = assignment;
    assignment.leaving = null;
    books.changed(assignment.deployment, moment);
  }

  /** Another miner has the slot: what leaves it has to end now. */
  void acknowledged(AssignmentFacts assignment) {
    takenOver = assignment.slot().leaving;
  }

  /** Nothing that runs is torn from its miner before its time or its replacement. */
  void ends(AssignmentFacts assignment, AssignmentEndReason reason, Moment moment) {
    MinerFacts miner = assignment.miner;
    boolean due = assignment.leaving != null && moment.atMs() >= assignment.leavesByMs;
    Long drainByMs = miner.drainByMs;
    // before contracts were moved a drain was one end, at its end
    boolean drained = drainByMs != null && moment.atMs() >= drainByMs;
    boolean fits =
        switch (reason) {
          case DRAINED, TIER_DROPPED ->
              assignment.runningAtMs == null
                  ? hasCause(reason, assignment, moment)
                  : (reason == assignment.leaving && (due || assignment.mayEnd))
                      || (reason == AssignmentEndReason.DRAINED && drained);
          case SUPERSEDED -> assignment.slot().leaving != null && assignment.runningAtMs == null;
          case COMPLETED,
              CANCELLED,
              ACK_TIMEOUT,
              DECLINED,
              FAILED,
              MINER_LOST,
              MINER_STOPPED,
              OUT_OF_GAS,
              LIFETIME_ENDED ->
              true;
        };
    check(fits, () -> assignment + " ends " + reason + " before its time");
  }

  /** The service was down: what leaves has so much longer. */
  void extend(long downMs) {
    for (AssignmentFacts assignment : books.live.values()) {
      if (assignment.leaving != null) {
        assignment.leavesByMs += downMs;
        dues.add(new Due(assignment.leavesByMs, assignment));
      }
    }
    for (MinerFacts miner : books.miners.values()) {
      Long byMs = miner.drainByMs;
      if (miner.place == Place.ACTIVE && byMs != null) {
        miner.drainByMs = byMs + downMs;
      }
    }
  }

  /** The clock has gone on from that stamp: what was to be gone by then is. */
  void passed(long stampMs) {
    Due first = dues.peek();
    while (first != null && first.byMs() < stampMs) {
      dues.remove();
      AssignmentFacts assignment = first.assignment();
      boolean still =
          assignment.isLive()
              && assignment.leaving != null
              && assignment.leavesByMs == first.byMs();
      check(!still, () -> assignment + " goes on after its grace");
      first = dues.peek();
    }
  }

  private void check(boolean holds, Supplier<String> what) {
    books.findings.check(holds, 2, what);
  }
}
