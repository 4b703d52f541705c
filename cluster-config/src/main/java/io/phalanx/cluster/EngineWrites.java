package io.phalanx.cluster;

import io.phalanx.cluster.forward.ForwardedWrites;
import io.phalanx.cluster.lead.LeasedLeadership;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.Submission;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * This node's engine as the way of writes sees it.
 *
 * @param vertx has the timers
 * @param engine decides and shows
 * @param leadership is woken to read what was just committed elsewhere
 * @param traced what is done to every write that is decided here
 * @param longestMs for how long an answer waits until this node shows what it speaks of
 */
record EngineWrites(
    Vertx vertx,
    Engine engine,
    LeasedLeadership leadership,
    UnaryOperator<Submission> traced,
    long longestMs)
    implements ForwardedWrites.Local {

  @Override
  public boolean isLeading() {
    return engine.sequencer().isLeading();
  }

  @Override
  public void submit(Submission submission) {
    engine.sequencer().submit(traced.apply(submission));
  }

  @Override
  public void whenAt(long position, Runnable action) {
    if (engine.replica().head().last() >= position) {
      action.run();
      return;
    }
    AtomicBoolean done = new AtomicBoolean();
    Runnable once =
        () -> {
          if (done.compareAndSet(false, true)) {
            action.run();
          }
        };
    engine.replica().whenAt(position, once);
    leadership.wake();
    vertx.setTimer(
        longestMs,
        late -> {
          engine.replica().forget(position, once);
          once.run();
        });
  }
}
