package io.phalanx.scheduler.state;

import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.Leaving;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentBeganLeaving;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentStayed;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Cordon;
import io.phalanx.scheduler.miner.Miner;
import org.jspecify.annotations.Nullable;

/** Spreads what concerns moving over assignments, slots and timers. */
final class MoveFold {

  private final State state;

  MoveFold(State state) {
    this.state = state;
  }

  Assignment apply(AssignmentBeganLeaving event, Moment moment) {
    boolean begins = !state.assignments().known(event.assignmentId()).isLeaving();
    Assignment leaving = state.assignments().apply(event, moment);
    long headStartMs = state.policy().assignments().headStart().toMillis();
    state.deployments().leave(leaving, moment.atMs() - headStartMs);
    settleTimer(leaving.minerId());
    if (begins && event.reason() != AssignmentEndReason.DRAINED) {
      long everyMs = state.policy().moves().every().toMillis();
      state.setMoving(state.moving().begun(moment.atMs(), everyMs));
    }
    return leaving;
  }

  Assignment apply(AssignmentStayed event, Moment moment) {
    Assignment staying = state.assignments().apply(event, moment);
    state.deployments().stay(staying);
    settleTimer(staying.minerId());
    return staying;
  }

  /** What ends on a miner, and when, follows from its cordon and from what leaves it. */
  void settleTimer(MinerId id) {
    Long dueMs = endsAtMs(state.miners().known(id));
    if (dueMs == null) {
      state.timers().clear(TimerKind.DRAIN, id.text());
    } else {
      state.timers().set(TimerKind.DRAIN, id.text(), dueMs);
    }
  }

  private @Nullable Long endsAtMs(Miner miner) {
    AssignmentId runs = miner.standing().assignmentId();
    if (runs == null) {
      return null;
    }
    Leaving leaving = state.assignments().known(runs).leaving();
    Cordon cordon = miner.cordon();
    return leaving != null
        ? Long.valueOf(leaving.byMs())
        : cordon == null ? null : cordon.drainByMs();
  }

  /** The service was down: what leaves has so much longer. */
  void extend(long downMs) {
    for (Timer timer : state.timers().all(TimerKind.DRAIN)) {
      MinerId id = new MinerId(timer.subject());
      AssignmentId runs = state.miners().known(id).standing().assignmentId();
      if (runs != null) {
        state.assignments().extendLeaving(runs, downMs);
      }
      state.miners().extendDrain(id, downMs);
      state.timers().set(TimerKind.DRAIN, timer.subject(), timer.dueMs() + downMs);
    }
  }
}
