package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.journal.Author;
import io.phalanx.scheduler.journal.FencedException;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.StoreFailedException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches durable: merges what has queued up into one row, appends it, folds it into the
 * replica and only then lets the answers out. One append is in flight at a time.
 */
final class Committer {

  private static final int QUEUED_BATCHES = 64;
  private static final int EVENTS_PER_ROW = 8192;
  private static final long RETRY_MS = 50;

  private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(QUEUED_BATCHES);
  private final EventCodec codec = new EventCodec();
  private final Journal journal;
  private final Replica replica;
  private final Author author;
  private final EngineMeter meter;
  private final Leadership leadership;
  private final Thread thread;
  private volatile @Nullable RuntimeException failure;
  private volatile @Nullable JournalRow unsettled;
  private volatile boolean closing;

  Committer(
      Journal journal, Replica replica, Author author, EngineMeter meter, Leadership leadership) {
    this.leadership = leadership;
    this.journal = journal;
    this.replica = replica;
    this.author = author;
    this.meter = meter;
    this.thread = new Thread(this::run, "phalanx-journal");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Hands over a batch; waits while too many are queued. Returns whether it was taken. */
  boolean submit(Batch batch) throws InterruptedException {
    while (failure == null) {
      if (queue.offer(batch, RETRY_MS, TimeUnit.MILLISECONDS)) {
        if (failure != null) {
          failQueued();
        }
        return true;
      }
    }
    return false;
  }

  /** Why nothing is committed any more, once that is so. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  /** The row of which it is not known whether it is there: the same bytes must be sent again. */
  @Nullable JournalRow unsettled() {
    return unsettled;
  }

  /** Commits what is queued, then ends. */
  void close() throws InterruptedException {
    closing = true;
    queue.offer(new Batch()); // so that it is noticed at once
    thread.join();
  }

  private void run() {
    try {
      while (true) {
        Batch batch = closing ? queue.poll() : queue.poll(RETRY_MS, TimeUnit.MILLISECONDS);
        if (batch != null) {
          commit(merge(batch));
        } else if (closing) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
      failQueued();
    }
  }

  private Batch merge(Batch first) {
    while (first.events().size() < EVENTS_PER_ROW) {
      Batch next = queue.poll();
      if (next == null) {
        return first;
      }
      first.append(next);
    }
    return first;
  }

  private void commit(Batch batch) {
    if (batch.events().isEmpty()) {
      answer(batch);
      return;
    }
    long started = System.nanoTime();
    JournalRow row = seal(batch);
    try {
      journal.append(row);
    } catch (StoreFailedException | FencedException e) {
      batch.failed(new Reply.NotDone("The journal did not take the write."));
      throw e;
    } catch (RuntimeException e) {
      unsettled = row;
      batch.failed(new Reply.Unknown("The journal's answer is not known."));
      throw e;
    }
    long appended = System.nanoTime();
    meter.appended(batch.events().size(), row.body().length, appended - started);
    replica.apply(batch.events(), row.head());
    meter.folded(batch.events().size(), System.nanoTime() - appended);
    batch.committed(row.last(), author.epoch());
    leadership.committed(row.last());
  }

  /** No row tells a leader that was replaced unnoticed: the lease does. */
  private void answer(Batch batch) {
    if (leadership.holds()) {
      batch.committed(replica.head().last(), author.epoch());
    } else {
      batch.failed(new Reply.NotDone("Another node may lead by now."));
    }
  }

  private JournalRow seal(Batch batch) {
    JournalHead head = replica.head();
    StampedEvent newest = batch.events().get(batch.events().size() - 1);
    return JournalRow.seal(
        author, head, batch.events().size(), newest.moment().atMs(), codec.encode(batch.events()));
  }

  private void failQueued() {
    Batch batch = queue.poll();
    while (batch != null) {
      batch.failed(new Reply.NotDone("The journal does not take writes now."));
      batch = queue.poll();
    }
  }
}
