package io.phalanx.api.node;

import io.phalanx.api.http.NodeView;
import io.phalanx.api.http.Position;
import io.phalanx.scheduler.engine.Engine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** The engine as the HTTP face sees it. */
final class EngineView implements NodeView {
  private static final long LONGEST_WAIT_MS = 5_000;

  private final Vertx vertx;
  private final Engine engine;
  private final ClusterPart cluster;
  private volatile Position position;
  private volatile boolean stopping;

  EngineView(Vertx vertx, Engine engine, ClusterPart cluster) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.engine = engine;
    var head = engine.replica().head();
    position = new Position(head.last(), head.epoch());
    engine
        .replica()
        .onCommitted(batch -> position = new Position(batch.head().last(), batch.head().epoch()));
  }

  void stopping() {
    stopping = true;
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public Health health() {
    if (stopping) {
      return Health.STOPPING;
    }
    if (engine.sequencer().failure().isPresent()) {
      return Health.FAILED;
    }
    if (!engine.receipts().isRebuilt()) {
      return Health.STARTING;
    }
    return cluster.isServing() ? Health.UP : Health.NO_LEADER;
  }

  @Override
  public Optional<String> reason() {
    return engine.sequencer().failure().map(failure -> String.valueOf(failure.getMessage()));
  }

  @Override
  public Future<Void> reach(long journalPosition) {
    Promise<Void> promise = Promise.promise();
    Runnable reached = promise::tryComplete;
    engine.replica().whenAt(journalPosition, reached);
    long timer =
        vertx.setTimer(
            LONGEST_WAIT_MS,
            ignored -> {
              engine.replica().forget(journalPosition, reached);
              promise.tryFail(new TimeoutException("position " + journalPosition));
            });
    return promise.future().onComplete(done -> vertx.cancelTimer(timer));
  }
}
