package io.phalanx.api.route;

import io.phalanx.api.read.QuoteReads;
import io.phalanx.scheduler.engine.Replica;
import io.phalanx.scheduler.engine.StampedChange;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.quote.QuoteState;
import io.phalanx.scheduler.state.Change.QuoteChange;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Who waits for a round to decide a quote. */
final class QuoteWatch {

  private final Vertx vertx;
  private final QuoteReads quotes;
  private final Map<QuoteId, Queue<Promise<Optional<Quote>>>> waiting = new ConcurrentHashMap<>();

  QuoteWatch(Vertx vertx, Replica replica, QuoteReads quotes) {
    this.vertx = vertx;
    this.quotes = quotes;
    replica.onCommitted(this::committed);
  }

  private void committed(Replica.CommittedBatch batch) {
    if (waiting.isEmpty()) {
      return;
    }
    for (StampedChange stamped : batch.changes()) {
      if (stamped.change() instanceof QuoteChange change && isDecided(change.quote())) {
        Queue<Promise<Optional<Quote>>> own = waiting.remove(change.quote().id());
        if (own != null) {
          own.forEach(promise -> promise.tryComplete(Optional.of(change.quote())));
        }
      }
    }
  }

  private static boolean isDecided(Quote quote) {
    return quote.state() != QuoteState.REQUESTED;
  }

  /** The quote once it is decided; empty if it is not by then. Completes on any thread. */
  Future<Optional<Quote>> decided(QuoteId id, Duration within) {
    Promise<Optional<Quote>> promise = Promise.promise();
    waiting.compute(
        id,
        (same, others) -> {
          Queue<Promise<Optional<Quote>>> own =
              others == null ? new ConcurrentLinkedQueue<>() : others;
          own.add(promise);
          return own;
        });
    quotes.live(id).filter(QuoteWatch::isDecided).ifPresent(now -> tryComplete(promise, now));
    long timer =
        vertx.setTimer(within.toMillis(), ignored -> promise.tryComplete(Optional.empty()));
    return promise
        .future()
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              forget(id, promise);
            });
  }

  private static void tryComplete(Promise<Optional<Quote>> promise, Quote quote) {
    promise.tryComplete(Optional.of(quote));
  }

  private void forget(QuoteId id, Promise<Optional<Quote>> promise) {
    waiting.computeIfPresent(
        id,
        (same, own) -> {
          own.remove(promise);
          return own.isEmpty() ? null : own;
        });
  }
}
