package io.phalanx.simulator.load;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A load generator for benchmarks, on a thread of its own, that speaks bare HTTP/1.1 over sockets
 * so that it takes little of the machine it shares with the service. At a fixed rate it measures
 * from the instant a request was due, so a service that stalls cannot hide it.
 */
public final class OpenLoopLoad {
  private OpenLoopLoad() {}

  /**
   * Runs the plan and returns when the last answer came, 10 s after the end at the latest.
   *
   * @throws IllegalStateException when no connection could be made
   */
  public static LoadResult run(LoadTarget target, LoadPlan plan, LoadListener listener)
      throws InterruptedException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      CompletableFuture<LoadResult> done = new CompletableFuture<>();
      LoadRun run = new LoadRun(vertx, target, plan, listener, System::nanoTime);
      vertx.runOnContext(go -> run.start().onComplete(done::complete, done::completeExceptionally));
      return done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the load could not be started", e.getCause());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    }
  }
}
