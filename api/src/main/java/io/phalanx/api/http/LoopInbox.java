package io.phalanx.api.http;

import io.vertx.core.Context;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings work to one event loop, everything that is there with one hand-over: a wake-up for each
 * answer would cost more than the answer.
 */
final class LoopInbox implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(LoopInbox.class);

  private final Context context;
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  LoopInbox(Context context) {
    this.context = context;
  }

  @Override
  public void execute(Runnable work) {
    queue.add(work);
    if (!scheduled.getAndSet(true)) {
      context.runOnContext(ignored -> drain());
    }
  }

  private void drain() {
    scheduled.set(false); // before the first poll, so that nothing added meanwhile is forgotten
    for (Runnable work = queue.poll(); work != null; work = queue.poll()) {
      try {
        work.run();
      } catch (RuntimeException fault) {
        LOG.error("event=loop-work-failed", fault);
      }
    }
  }
}
