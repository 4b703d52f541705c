package io.phalanx.api.node;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.phalanx.scheduler.engine.EngineMeter.PlannedRound;
import io.phalanx.scheduler.round.RoundRecord;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The figures of rounds as metrics: those of the last one, and sums over all. */
final class RoundMeters {
  private final Timer time;
  private final Counter placed;
  private final Counter dropped;
  private volatile @Nullable RoundRecord last;

  RoundMeters(MeterRegistry registry, Timer time) {
    this.time = time;
    placed = registry.counter("phalanx.round.placed");
    dropped = registry.counter("phalanx.round.dropped");
    gauge(registry, "phalanx.round.miners", RoundRecord::miners);
    gauge(registry, "phalanx.round.replicas", RoundRecord::replicas);
    gauge(registry, "phalanx.round.value", RoundRecord::value);
    gauge(registry, "phalanx.round.bound", RoundRecord::valueBound);
    gauge(registry, "phalanx.round.gap", round -> gap(round.value(), round.valueBound()));
    gauge(registry, "phalanx.round.fit.gap", round -> gap(round.fit(), round.fitBound()));
  }

  private void gauge(MeterRegistry registry, String name, ToDoubleFunction<RoundRecord> figure) {
    Gauge.builder(
            name,
            this,
            rounds -> {
              RoundRecord round = rounds.last;
              return round == null ? 0 : figure.applyAsDouble(round);
            })
        .register(registry);
  }

  /** A part of the bound, 0 when it is reached. */
  private static double gap(long reached, long bound) {
    return bound == 0 ? 0 : (double) (bound - reached) / bound;
  }

  void planned(PlannedRound round) {
    time.record(round.nanos(), TimeUnit.NANOSECONDS);
    placed.increment(round.planned());
    last = round.record();
  }

  void committed(RoundRecord round) {
    dropped.increment(round.dropped().size());
  }
}
