package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.proof.SigningKeys;
import io.phalanx.scheduler.receipt.ReceiptStore;
import io.phalanx.scheduler.receipt.ReceiptsFailedException;
import io.phalanx.scheduler.receipt.SignedLog;
import io.phalanx.scheduler.statement.Correction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the committed journal and keeps the log of receipts, off the path of commits. What the
 * store has lost is built again from the journal at the next start.
 */
public final class ReceiptKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReceiptKeeper.class);
  private static final int QUEUED_BATCHES = 4096;

  /** A batch may have thousands of events, and all of them stay in memory until they are taken. */
  private static final int QUEUED_EVENTS = 1 << 18;

  private static final int RECEIPTS_PER_WRITE = 4096;
  private static final long LOOK_EVERY_MS = 100;

  private static final long RETRY_EVERY_MS = 1000;

  /** Batches without receipts are written down as followed only so often. */
  private static final long FOLLOW_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final BlockingQueue<Replica.CommittedBatch> queue =
      new LinkedBlockingQueue<>(QUEUED_BATCHES);
  private final Semaphore room = new Semaphore(QUEUED_EVENTS);
  private final Object progress = new Object();
  private final SignedLog log;
  private final ReceiptWriter writer;
  private final Thread thread;
  private final long followedBefore;
  private volatile boolean closing;
  private volatile boolean started;
  private volatile boolean stopped;
  private volatile long reached;
  private volatile long recovered;
  private long writtenAt;
  private long written;

  ReceiptKeeper(SignedLog log) {
    this.log = log;
    this.writer = new ReceiptWriter(log);
    this.followedBefore = log.store().followed();
    this.reached = followedBefore;
    this.written = followedBefore;
    this.thread = new Thread(this::run, "phalanx-receipts");
    this.thread.setDaemon(true);
  }

  /** The log. */
  public ReceiptStore store() {
    return log.store();
  }

  /** What signs heads and settlements. */
  public SigningKeys keys() {
    return log.keys();
  }

  /** The seal of a settlement; none while it is on its way. */
  public Optional<SettlementSeal> seal(long number) {
    return ReceiptWriter.seal(log.store(), number);
  }

  /**
   * Charges that were taken back, oldest first.
   *
   * @param fromMs the first instant, Unix milliseconds
   * @param toMs the first instant after it
   */
  public List<Correction> corrections(long fromMs, long toMs) {
    return ReceiptWriter.corrections(log.store(), fromMs, toMs);
  }

  /**
   * Waits until everything up to a journal position is in the log.
   *
   * @return whether it is, within that time
   */
  public boolean await(long position, long withinMs) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs);
    synchronized (progress) {
      while (reached < position) {
        long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (leftMs <= 0) {
          return false;
        }
        progress.wait(leftMs);
      }
    }
    return true;
  }

  /** Journal position up to which everything is in the log. */
  public long reached() {
    return reached;
  }

  /** Whether the log has come to where the journal was when this node had read it. */
  public boolean isRebuilt() {
    return reached >= recovered;
  }

  /**
   * Begins to follow by itself.
   *
   * @param position where the journal is
   */
  void start(long position) {
    recovered = position;
    started = true;
    thread.start();
  }

  /** Takes a committed batch; waits while too many are queued. */
  void take(Replica.CommittedBatch batch) {
    if (batch.head().last() <= followedBefore) {
      return; // written before the restart
    }
    if (stopped) {
      return; // nobody would take it; the next start builds on from what is written
    }
    try {
      int events = weight(batch);
      if (!started && (queue.remainingCapacity() == 0 || room.availablePermits() < events)) {
        drain();
      }
      room.acquire(events);
      queue.put(batch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int weight(Replica.CommittedBatch batch) {
    return Math.min(batch.events().size(), QUEUED_EVENTS);
  }

  private void takeIn(Replica.CommittedBatch batch) {
    room.release(weight(batch));
    writer.take(batch);
  }

  /** Writes what is queued, then ends. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        Replica.CommittedBatch first = queue.poll(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        if (first != null) {
          takeIn(first);
          long position = drainAfter(first.head().last());
          follow(position, false);
        } else {
          follow(reached, closing);
          if (closing) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("event=receipts-stopped", e);
      stopped = true;
      queue.clear();
      room.release(QUEUED_EVENTS); // commits must not wait for ever for a log that ended
    }
  }

  /** Takes in all that is queued, on the thread that recovers, before this one has started. */
  private void drain() {
    while (!queue.isEmpty()) {
      follow(drainAfter(reached), false);
    }
  }

  private long drainAfter(long position) {
    long last = position;
    while (writer.waiting() < RECEIPTS_PER_WRITE) {
      Replica.CommittedBatch next = queue.poll();
      if (next == null) {
        break;
      }
      takeIn(next);
      last = next.head().last();
    }
    return last;
  }

  /** A full disk stops the log for a while, and loses none of it. */
  private void writePatiently(long position) {
    while (true) {
      try {
        writer.write(position);
        return;
      } catch (ReceiptsFailedException e) {
        if (closing || !started) {
          throw e; // at the next start it is built again from the journal
        }
        LOG.warn("event=receipts-not-written reason=\"{}\"", e.toString());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_EVERY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(long position, boolean always) {
    long now = System.nanoTime();
    boolean isDue = always || now - writtenAt >= FOLLOW_EVERY_NANOS;
    if (writer.hasNews() || (isDue && position > written)) {
      writePatiently(position);
      written = position;
      writtenAt = now;
    }
    synchronized (progress) {
      reached = position;
      progress.notifyAll();
    }
  }
}
