package io.phalanx.simulator;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens on an event loop. */
public final class Waiting {
  private static final long STEP_MS = 10;
  private static final long MOST_MS = 20_000;

  private Waiting() {}

  /** Runs the action on the event loop and waits for what it promises. */
  public static <T> T on(Vertx vertx, Supplier<Future<T>> action) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        go -> action.get().onComplete(done::complete, done::completeExceptionally));
    return done.orTimeout(MOST_MS, TimeUnit.MILLISECONDS).join();
  }

  /** Polls until it holds. */
  public static void until(String what, BooleanSupplier holds) throws InterruptedException {
    for (long waited = 0; !holds.getAsBoolean(); waited += STEP_MS) {
      if (waited > MOST_MS) {
        throw new AssertionError("never: " + what);
      }
      Thread.sleep(STEP_MS);
    }
  }
}
