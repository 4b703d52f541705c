package io.phalanx.scheduler.state;

import io.phalanx.scheduler.event.MinerEvent.MinerCameBack;
import io.phalanx.scheduler.event.MinerEvent.MinerFellSilent;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SystemEvent.LeaderTookOver;
import io.phalanx.scheduler.event.SystemEvent.MassSilenceNoticed;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.MinerState;
import java.util.ArrayList;
import java.util.List;

/** Spreads what concerns silence, and down time of the service, over miners and timers. */
final class LivenessFold {

  private final State state;

  LivenessFold(State state) {
    this.state = state;
  }

  void apply(MinerFellSilent event, Moment moment) {
    state.miners().apply(event, moment);
    if (state.miners().known(event.minerId()).state() == MinerState.ACTIVE) {
      awaitSilent(event.minerId());
    }
  }

  void apply(MinerCameBack event, Moment moment) {
    state.miners().apply(event, moment);
    timers().clear(TimerKind.SILENCE_GRACE, event.minerId().text());
  }

  /** Whoever is silent by the end of the alarm is not given up when a grace is over, but moved. */
  void apply(MassSilenceNoticed event) {
    state.setMarket(state.market().sparing(event.untilMs()));
    for (Timer timer : timers().all(TimerKind.SILENCE_GRACE)) {
      awaitSilent(new MinerId(timer.subject()));
    }
  }

  /** Everyone has a fresh window, and who was spared by an alarm still is. */
  void apply(LeaderTookOver event, Moment moment) {
    if (event.downMs() > 0) {
      for (Timer timer : timers().all(TimerKind.ACKNOWLEDGEMENT)) {
        long later = timer.dueMs() + event.downMs();
        state.assignments().extend(new AssignmentId(timer.subject()), later);
        timers().set(TimerKind.ACKNOWLEDGEMENT, timer.subject(), later);
      }
    }
    long heardAgainByMs = moment.atMs() + state.policy().miners().heartbeatWindow().toMillis();
    List<MinerId> spared = spared();
    if (!spared.isEmpty()) {
      long untilMs = Math.max(state.market().spareUntilMs(), heardAgainByMs);
      state.setMarket(state.market().sparing(untilMs));
      spared.forEach(id -> state.miners().countSilenceFrom(id, heardAgainByMs));
    }
    for (Timer timer : timers().all(TimerKind.SILENCE_GRACE)) {
      MinerId id = new MinerId(timer.subject());
      state.miners().countSilenceFrom(id, heardAgainByMs);
      awaitSilent(id);
    }
  }

  private List<MinerId> spared() {
    List<MinerId> spared = new ArrayList<>();
    for (MinerId id : state.miners().inOrder().values()) {
      Miner miner = state.miners().known(id);
      AssignmentId runs = miner.standing().assignmentId();
      if (runs != null
          && miner.standing().wasSilentBy(state.market().spareUntilMs())
          && !state.assignments().known(runs).isLeaving()) {
        spared.add(id);
      }
    }
    return spared;
  }

  private void awaitSilent(MinerId id) {
    Long silentSinceMs = state.miners().known(id).standing().silentSinceMs();
    if (silentSinceMs == null || silentSinceMs <= state.market().spareUntilMs()) {
      timers().clear(TimerKind.SILENCE_GRACE, id.text());
    } else {
      long graceMs = state.policy().miners().silenceGrace().toMillis();
      timers().set(TimerKind.SILENCE_GRACE, id.text(), silentSinceMs + graceMs);
    }
  }

  private Timers timers() {
    return state.timers();
  }
}
