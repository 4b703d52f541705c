package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.JournalWentBackException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the whole journal and decodes the rows behind a point, on a thread of its own: ahead of
 * the one that folds them, which may still be busy with the snapshot of that point.
 */
final class RowFeed implements AutoCloseable {

  /** Decoded events that wait to be folded are at most so many, or one row's. */
  private static final int EVENTS_AHEAD = 32_768;

  /** Takes a row's events in the order of the journal. */
  interface Fold {
    void fold(List<StampedEvent> events, JournalHead head);
  }

  private record Item(
      List<StampedEvent> events, @Nullable JournalHead head, @Nullable RuntimeException failure) {}

  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(EVENTS_AHEAD);
  private final EventCodec codec = new EventCodec();
  private final Journal journal;
  private final JournalHead start;
  private final Thread thread;
  private volatile boolean closed;

  private RowFeed(Journal journal, JournalHead start) {
    this.journal = journal;
    this.start = start;
    this.thread = new Thread(this::run, "phalanx-recovery");
    this.thread.setDaemon(true);
  }

  /** Begins to read the journal from its genesis; hands over what is behind that head. */
  static RowFeed start(Journal journal, JournalHead start) {
    RowFeed feed = new RowFeed(journal, start);
    feed.thread.start();
    return feed;
  }

  /**
   * Hands over all rows and returns when the journal has been verified to its end.
   *
   * @throws io.phalanx.scheduler.journal.CorruptJournalException naming the first row at fault
   * @throws JournalWentBackException if the head where the feed began is not in the journal
   */
  void drain(Fold fold) {
    try {
      Item item = queue.take();
      while (item.head() != null) {
        room.release(cost(item.events()));
        fold.fold(item.events(), item.head());
        item = queue.take();
      }
      if (item.failure() != null) {
        throw item.failure();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the recovery was interrupted");
    }
  }

  /** Stops reading, wherever it is; the journal may be closed afterwards. */
  @Override
  public void close() {
    closed = true;
    room.release(EVENTS_AHEAD);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    RuntimeException failure = null;
    try {
      read();
    } catch (RuntimeException e) {
      failure = e;
    } catch (Error e) {
      failure = new IllegalStateException("the recovery broke", e); // never a wait without end
    }
    queue.add(new Item(List.of(), null, failure));
  }

  private void read() {
    boolean[] met = {start.last() == 0};
    journal.read(
        0,
        row -> {
          if (closed) {
            throw new CancellationException("the recovery was given up");
          }
          if (row.last() == start.last()) {
            met[0] = row.hash().equals(start.hash());
          } else if (row.first() > start.last()) {
            if (!met[0]) {
              throw new JournalWentBackException(start);
            }
            put(row);
          }
        });
    if (!met[0]) {
      throw new JournalWentBackException(start);
    }
  }

  private void put(JournalRow row) {
    List<StampedEvent> events = new ArrayList<>();
    codec.decode(row.body(), row.first(), events::add);
    room.acquireUninterruptibly(cost(events));
    queue.add(new Item(events, row.head(), null));
  }

  private static int cost(List<StampedEvent> events) {
    return Math.min(events.size(), EVENTS_AHEAD);
  }
}
