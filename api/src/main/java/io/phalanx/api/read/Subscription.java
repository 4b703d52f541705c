package io.phalanx.api.read;

import io.phalanx.scheduler.engine.StampedChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open stream: items wait here, bounded, until they are polled. Whoever serves it polls after
 * opening and after each call of {@code ready}, until it comes back empty or its client can take no
 * more; then again when the client can.
 */
public final class Subscription implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

  /** More than the feed remembers, so that catching up from it always fits. */
  private static final int MOST_WAITING = 100_000;

  /** A replay goes on only while fewer wait. */
  private static final int MOST_REPLAYED = 8192;

  private final Object lock = new Object();
  private final ArrayDeque<StampedChange> waiting = new ArrayDeque<>();
  private final StreamFilter filter;
  private final StreamViews views;
  private final Runnable ready;
  private StreamId seen;
  private @Nullable StreamItem present;
  private @Nullable StreamEnd end;
  private @Nullable Runnable detach;
  private boolean closed;
  private boolean pollIsDue = true;

  /**
   * A stream that no changes are handed to yet.
   *
   * @param after what comes behind this is wanted
   * @param present the item it begins with
   */
  Subscription(
      StreamFilter filter,
      StreamViews views,
      Runnable ready,
      StreamId after,
      @Nullable StreamItem present) {
    this.filter = filter;
    this.views = views;
    this.ready = ready;
    this.seen = after;
    this.present = present;
  }

  /**
   * The next items, oldest first; empty when there are none for now. Never blocks.
   *
   * @param max most items, at least 1
   */
  public List<StreamItem> poll(int max) {
    List<StreamItem> items = new ArrayList<>();
    synchronized (lock) {
      if (present != null) {
        items.add(present);
        present = null;
      }
      while (items.size() < max && !waiting.isEmpty()) {
        items.add(views.item(waiting.poll(), filter.sight()));
      }
      pollIsDue = !items.isEmpty();
      lock.notifyAll();
    }
    return items;
  }

  /** Why the stream is over, once it is and all before has been polled. */
  public Optional<StreamEnd> end() {
    synchronized (lock) {
      return waiting.isEmpty() && present == null ? Optional.ofNullable(end) : Optional.empty();
    }
  }

  /** Ends it: the client has gone. */
  @Override
  public void close() {
    Runnable detaching;
    synchronized (lock) {
      closed = true;
      waiting.clear();
      present = null;
      detaching = detach;
      detach = null;
      lock.notifyAll();
    }
    if (detaching != null) {
      detaching.run();
    }
  }

  /** Whether nothing more is handed to it. */
  boolean isOver() {
    synchronized (lock) {
      return closed || end != null;
    }
  }

  /** Behind which position changes are missing: part of that one's may have been seen. */
  long complete() {
    synchronized (lock) {
      return seen.index() == StreamId.ALL ? seen.position() : seen.position() - 1;
    }
  }

  /** Takes committed changes, on the journal's thread: quick, and never throws. */
  void take(List<StampedChange> changes) {
    boolean wake = false;
    boolean overflow = false;
    synchronized (lock) {
      for (StampedChange change : changes) {
        if (isOver() || overflow) {
          break;
        }
        wake |= add(change);
        overflow = waiting.size() > MOST_WAITING;
      }
      wake &= !pollIsDue;
      pollIsDue |= wake;
    }
    if (overflow) {
      finish(StreamEnd.TOO_SLOW);
    } else if (wake) {
      wake();
    }
  }

  private boolean add(StampedChange change) {
    long position = change.moment().position();
    boolean isNew =
        position > seen.position()
            || (position == seen.position() && change.index() > seen.index());
    if (!isNew) {
      return false;
    }
    boolean wanted = filter.wants(change.change());
    if (wanted) {
      waiting.add(change);
    }
    seen = new StreamId(position, change.index());
    return wanted;
  }

  /**
   * Waits while too many of a replay wait to be polled; then it is over.
   *
   * @param deadlineNanos until when that may be, on the monotonic clock
   */
  void awaitRoom(long deadlineNanos) throws InterruptedException {
    boolean full;
    synchronized (lock) {
      long left = left(deadlineNanos);
      while (!isOver() && waiting.size() >= MOST_REPLAYED && left > 0) {
        lock.wait(left);
        left = left(deadlineNanos);
      }
      full = !isOver() && waiting.size() >= MOST_REPLAYED;
    }
    if (full) {
      finish(StreamEnd.TOO_SLOW);
    }
  }

  private static long left(long deadlineNanos) {
    return (deadlineNanos - System.nanoTime()) / 1_000_000;
  }

  /** A replay has handed over everything up to that position. */
  void replayed(long upTo) {
    synchronized (lock) {
      if (upTo > seen.position()) {
        seen = StreamId.behind(upTo);
      }
    }
  }

  /** It hears of changes now; the action ends that. */
  void attached(Runnable detaching) {
    boolean late;
    synchronized (lock) {
      late = isOver();
      detach = late ? null : detaching;
    }
    if (late) {
      detaching.run();
    }
  }

  /** Ends it from this side. */
  void finish(StreamEnd why) {
    Runnable detaching;
    synchronized (lock) {
      if (isOver()) {
        return;
      }
      end = why;
      pollIsDue = true;
      detaching = detach;
      detach = null;
      lock.notifyAll();
    }
    if (detaching != null) {
      detaching.run();
    }
    wake();
  }

  private void wake() {
    try {
      ready.run();
    } catch (RuntimeException e) {
      LOG.warn("event=stream-not-woken reason={}", e.toString());
      close();
    }
  }
}
