package io.phalanx.api.read;

import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.StampedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings streams up to the feed from beyond its memory. Folding the journal again is slow, so one
 * thread does it for all streams that wait at that moment together.
 */
final class Replays implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Replays.class);
  private static final int MOST_WAITING = 10_000;
  private static final int MOST_TOGETHER = 256;

  /**
   * How long streams whose clients do not read may hold up those that are replayed with them:
   * however many they are, for they are waited for at the same time.
   */
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final BlockingQueue<Subscription> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Engine engine;
  private final ChangeStream streams;
  private final Thread thread;
  private volatile boolean closing;

  Replays(Engine engine, ChangeStream streams) {
    this.engine = engine;
    this.streams = streams;
    this.thread = new Thread(this::run, "phalanx-replay");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** The stream is brought up to the feed and joins it, or ends. */
  void add(Subscription subscription) {
    if (closing || !waiting.offer(subscription)) {
      subscription.finish(closing ? StreamEnd.STOPPED : StreamEnd.TOO_BUSY);
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing) {
        List<Subscription> together = new ArrayList<>();
        together.add(waiting.take());
        waiting.drainTo(together, MOST_TOGETHER);
        replay(together);
      }
    } catch (InterruptedException e) {
      LOG.debug("event=replays-stopped");
    }
  }

  private void replay(List<Subscription> together) {
    try {
      long after = together.stream().mapToLong(Subscription::complete).min().orElseThrow();
      long reached =
          engine.replay(after, Long.MAX_VALUE, change -> true, change -> hand(together, change));
      for (Subscription subscription : together) {
        subscription.replayed(reached);
        streams.join(subscription);
      }
    } catch (CancellationException e) {
      together.forEach(subscription -> subscription.finish(StreamEnd.STOPPED));
    } catch (RuntimeException e) {
      LOG.warn("event=replay-failed", e);
      together.forEach(subscription -> subscription.finish(StreamEnd.FAILED));
    }
  }

  private void hand(List<Subscription> together, StampedChange change) {
    if (closing || together.stream().allMatch(Subscription::isOver)) {
      throw new CancellationException("nobody reads it");
    }
    try {
      together.forEach(subscription -> subscription.take(List.of(change)));
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      for (Subscription subscription : together) {
        subscription.awaitRoom(deadline);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the node is stopping");
    }
  }
}
