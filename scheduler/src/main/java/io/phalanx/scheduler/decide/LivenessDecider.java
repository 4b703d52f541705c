package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.decision.Decision;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent.MinerCameBack;
import io.phalanx.scheduler.event.MinerEvent.MinerFellSilent;
import io.phalanx.scheduler.event.MinerEvent.PerformanceDrifted;
import io.phalanx.scheduler.event.SystemEvent.MassSilenceNoticed;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.policy.MinerRules;
import io.phalanx.scheduler.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Heartbeats and their absence. */
final class LivenessDecider {

  /** A score is journaled when it moved by one part in so many: 5 %. */
  private static final int NOTABLE_DRIFT = 20;

  private final State state;
  private final Liveness liveness;

  LivenessDecider(State state, Liveness liveness) {
    this.state = state;
    this.liveness = liveness;
  }

  Decision decide(Heartbeat command, long atMs) {
    Optional<Miner> found = state.miners().find(command.minerId());
    if (found.isEmpty()) {
      return MinerDecider.notFound(command.minerId());
    }
    Miner miner = found.get();
    boolean sign = liveness.hear(miner.id(), command.sequence(), atMs);
    if (!sign || !miner.state().takesPart()) {
      return Decision.accept();
    }
    liveness.await(miner.id(), atMs);
    List<Event> events = new ArrayList<>();
    if (!miner.standing().responsive()) {
      events.add(new MinerCameBack(miner.id()));
    }
    drift(miner, command.performance(), events);
    return Decision.accept(events);
  }

  /** While a contract runs the benchmark is paused, so the score stands. */
  private void drift(Miner miner, @Nullable Integer measured, List<Event> events) {
    if (measured == null || miner.state() == MinerState.ACTIVE) {
      return;
    }
    MinerRules rules = state.policy().miners();
    long drifted = (long) miner.initialPerformance() * rules.driftPercent() / 100;
    int highest = miner.evidence().capped((int) Math.min(drifted, Integer.MAX_VALUE));
    int score = Math.min(measured, highest);
    int now = miner.performance();
    boolean notable = Math.abs((long) score - now) * NOTABLE_DRIFT >= now;
    boolean crossed = (score < rules.minimumPerformance()) != (now < rules.minimumPerformance());
    if (score != now && (notable || crossed || score == highest)) {
      events.add(new PerformanceDrifted(miner.id(), score));
    }
  }

  /** One silent miner after the other; each silence may be the one too many. */
  List<Event> silence(MinerId id, long atMs) {
    Miner miner = state.miners().known(id);
    if (!miner.state().takesPart() || !miner.standing().responsive()) {
      return List.of();
    }
    MinerRules rules = state.policy().miners();
    List<Event> events = new ArrayList<>();
    events.add(new MinerFellSilent(id));
    if (miner.state() == MinerState.ACTIVE) {
      int silent = liveness.countActiveSilence(rules.heartbeatWindow().toMillis(), atMs);
      int active = state.miners().active();
      boolean mass =
          silent >= rules.massSilenceMinimum()
              && (long) silent * 100 > (long) active * rules.massSilencePercent();
      if (mass && state.market().spareUntilMs() <= atMs) {
        long untilMs = atMs + rules.massSilencePause().toMillis();
        events.add(new MassSilenceNoticed(untilMs, silent, active));
      }
    }
    return events;
  }

  List<MinerId> takeSilent(long atMs) {
    return liveness.takeSilent(state.policy().miners().heartbeatWindow().toMillis(), atMs);
  }
}
