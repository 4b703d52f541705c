package io.phalanx.api.route;

import io.phalanx.api.http.Call;
import io.phalanx.api.http.EventStream;
import io.phalanx.scheduler.engine.StampedChange;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.state.Change;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's stream of changes: nothing missed, nothing twice, and never more than a bounded
 * queue in memory.
 *
 * <p>Changes come on the engine's thread and leave on the connection's event loop. When the client
 * reads more slowly than things happen and the queue overflows, the subscription is given up; once
 * the queue is empty it is taken up again after the last change that was queued, from the feed's
 * memory or, further back, from the journal.
 */
final class Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
  private static final int QUEUED = 4_096;
  private static final long OFFER_MS = 100;

  private final Services services;
  private final Call call;
  private final EventStream stream;
  private final Predicate<Change> wanted;
  private final Function<Miner, Object> minerView;
  private final LinkedBlockingQueue<StampedChange> queue = new LinkedBlockingQueue<>(QUEUED);
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile boolean behind;
  private volatile boolean replaying;
  private volatile EventId queuedUpTo;
  private @Nullable Runnable cancel;

  Subscription(Services services, Call call, EventStream stream, EventId after, Filter filter) {
    this.services = services;
    this.call = call;
    this.stream = stream;
    this.queuedUpTo = after;
    this.wanted = filter.wanted();
    this.minerView = filter.minerView();
  }

  /**
   * What a stream shows.
   *
   * @param wanted which changes
   * @param minerView a miner as it is shown
   */
  record Filter(Predicate<Change> wanted, Function<Miner, Object> minerView) {}

  /** Begins; on the connection's event loop. */
  void start() {
    stream.onClose(this::stop);
    stream.onDrain(this::drain);
    subscribe();
    drain();
  }

  private void stop() {
    if (cancel != null) {
      cancel.run();
      cancel = null;
    }
    queue.clear();
  }

  private void subscribe() {
    if (stream.isClosed()) {
      return;
    }
    stop();
    behind = false;
    EventId after = queuedUpTo;
    // changes of the position itself that were not seen yet come again and are sorted out by index
    Optional<Runnable> subscribed =
        services.engine().feed().subscribe(Math.max(0, after.position() - 1), this::take);
    if (subscribed.isPresent()) {
      cancel = subscribed.get();
    } else {
      replaying = true;
      services
          .vertx()
          .executeBlocking(() -> replay(after), false)
          .onComplete(done -> call.loop().execute(() -> replayed(done.cause())));
    }
  }

  private long replay(EventId after) {
    long upTo = services.engine().feed().position();
    return services
        .engine()
        .replay(
            Math.max(0, after.position() - 1),
            upTo,
            change -> !stream.isClosed() && isNew(change),
            this::takeSlowly);
  }

  private void replayed(@Nullable Throwable failure) {
    replaying = false;
    if (failure != null) {
      LOG.warn("event=stream-replay-failed request={}", call.requestId(), failure);
      stream.end(); // the client resumes
      return;
    }
    behind = true;
    drain();
  }

  private boolean isNew(StampedChange change) {
    return queuedUpTo.isBefore(change.moment().position(), change.index());
  }

  /** On the engine's thread, which must not wait for any client. */
  private void take(List<StampedChange> changes) {
    boolean added = false;
    for (StampedChange change : changes) {
      if (behind) {
        break;
      }
      if (isNew(change)) {
        boolean shown = wanted.test(change.change());
        if (shown && !queue.offer(change)) {
          behind = true;
          break;
        }
        queuedUpTo = new EventId(change.moment().position(), change.index());
        added |= shown;
      }
    }
    if (added || behind) {
      schedule();
    }
  }

  /** On a worker, which may wait for this client, but only as long as it is there. */
  private void takeSlowly(StampedChange change) {
    try {
      boolean taken = !wanted.test(change.change());
      while (!taken && !stream.isClosed()) {
        taken = queue.offer(change, OFFER_MS, TimeUnit.MILLISECONDS);
        schedule();
      }
      queuedUpTo = new EventId(change.moment().position(), change.index());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void schedule() {
    if (!scheduled.getAndSet(true)) {
      call.loop().execute(this::drain);
    }
  }

  private void drain() {
    scheduled.set(false);
    while (!stream.isClosed() && !stream.isFull()) {
      StampedChange change = queue.poll();
      if (change == null) {
        break;
      }
      String kind = ShownChange.kind(change.change());
      if (kind != null) {
        EventId id = new EventId(change.moment().position(), change.index());
        stream.send(id.toString(), kind, ShownChange.data(change.change(), minerView));
      }
    }
    if (behind && !replaying && queue.isEmpty() && !stream.isClosed()) {
      subscribe();
    }
  }
}
