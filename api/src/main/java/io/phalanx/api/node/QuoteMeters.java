package io.phalanx.api.node;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.Replica;
import io.phalanx.scheduler.engine.StampedChange;
import io.phalanx.scheduler.quote.QuoteState;
import io.phalanx.scheduler.quote.Quotes;
import io.phalanx.scheduler.state.Change.QuoteChange;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Quotes as metrics: what becomes of them, and what they hold now. */
final class QuoteMeters {
  private final Map<QuoteState, Counter> moves = new EnumMap<>(QuoteState.class);

  private QuoteMeters(MeterRegistry registry) {
    for (QuoteState state : QuoteState.values()) {
      String name = state.name().toLowerCase(Locale.ROOT);
      moves.put(state, registry.counter("phalanx.quotes.moves", "state", name));
    }
  }

  /** Measures the quotes of that engine; moves are counted by the node that leads, once. */
  static void watch(MeterRegistry registry, Engine engine) {
    QuoteMeters meters = new QuoteMeters(registry);
    engine
        .replica()
        .onCommitted(
            batch -> {
              if (engine.sequencer().isLeading()) {
                meters.count(batch);
              }
            });
    gauge(registry, "phalanx.quotes.open", engine, quotes -> (double) quotes.openCount());
    gauge(registry, "phalanx.quotes.reserved", engine, quotes -> (double) quotes.reserved());
  }

  private static void gauge(
      MeterRegistry registry, String name, Engine engine, Function<Quotes, Double> figure) {
    Gauge.builder(name, engine, e -> e.replica().read(state -> figure.apply(state.quotes())))
        .register(registry);
  }

  private void count(Replica.CommittedBatch batch) {
    for (StampedChange stamped : batch.changes()) {
      if (stamped.change() instanceof QuoteChange change) {
        Counter move = moves.get(change.quote().state());
        if (move != null) {
          move.increment();
        }
      }
    }
  }
}
