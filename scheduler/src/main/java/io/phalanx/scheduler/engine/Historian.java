package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.command.SystemCommand.KeepHistory;
import io.phalanx.scheduler.history.HistoryFailedException;
import io.phalanx.scheduler.history.HistoryKey;
import io.phalanx.scheduler.history.HistoryStore;
import io.phalanx.scheduler.history.HistoryWrite;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what ended to the history, from committed batches only, and lets it leave the state once
 * it is durable there.
 */
final class Historian implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Historian.class);
  private static final int QUEUED_BATCHES = 4096;
  private static final int ITEMS_PER_WRITE = 4096;
  private static final long WRITE_EVERY_MS = 100;
  private static final long RETRY_MS = 500;
  private static final long KEEP_EVERY_MS = 2000;

  /** Ended things stay in the state for a while: their last readings and questions come now. */
  private static final long ENDED_STAY_MS = Duration.ofSeconds(30).toMillis();

  /** Keys stay longer than any request for them can be under way. */
  private static final long KEYS_STAY_MS = Duration.ofMinutes(10).toMillis();

  /** Keys leave many at a time: sorted, they then share pages of the history. */
  private static final long KEYS_EVERY_MS = Duration.ofMinutes(1).toMillis();

  /** How long keys count at all: a day, and an hour more than promised. */
  private static final long KEYS_COUNT_MS = Duration.ofHours(25).toMillis();

  private final BlockingQueue<Replica.CommittedBatch> queue =
      new LinkedBlockingQueue<>(QUEUED_BATCHES);
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final KeyTrail trail = new KeyTrail();
  private final HistoryStore store;
  private final Consumer<KeepHistory> keep;
  private final EngineMeter meter;
  private final BooleanSupplier leads;
  private final Thread thread;
  private final long followedBefore;
  private volatile boolean closing;
  private volatile boolean finishing;
  private volatile boolean started;
  private long endedUpTo;
  private long keysUpTo;
  private long followed;
  private long lastKeysMs;
  private long keysWritten;
  private long lastKeepMs;
  private long lastForgetMs;

  /** A position that was durable in the history at a stamp. */
  private record Mark(long position, long atMs) {}

  /** A historian that writes while this node leads, and otherwise only keeps what may be needed. */
  Historian(
      HistoryStore store, Consumer<KeepHistory> keep, EngineMeter meter, BooleanSupplier leads) {
    this.leads = leads;
    this.store = store;
    this.keep = keep;
    this.meter = meter;
    this.followedBefore = store.followed();
    this.followed = followedBefore;
    this.thread = new Thread(this::run, "phalanx-history");
    this.thread.setDaemon(true);
  }

  /** Takes over what the state has before rows are folded into it. */
  void prepare(Replica replica) {
    replica.read(
        state -> {
          trail.start(state);
          return true;
        });
    replica.onCommitted(this::take);
  }

  void start() {
    started = true;
    thread.start();
  }

  /** Takes a committed batch; waits while too many are queued. */
  private void take(Replica.CommittedBatch batch) {
    if (batch.head().last() <= followedBefore) {
      trail.follow(batch.events()); // written before the restart
      return;
    }
    try {
      if (!started && queue.remainingCapacity() == 0) {
        write(drain());
      }
      queue.put(batch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what is queued, then ends. */
  @Override
  public void close() {
    close(true);
  }

  /**
   * Ends.
   *
   * @param finishing whether what is queued is written first, as by a node that led to the end
   */
  void close(boolean finishing) {
    this.finishing = finishing;
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
        if (!leads.getAsBoolean() && !finishing) {
          follow();
          if (closing) {
            return; // who leads writes it
          }
          Thread.sleep(WRITE_EVERY_MS);
          continue;
        }
        Replica.CommittedBatch first = queue.poll(WRITE_EVERY_MS, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Replica.CommittedBatch> batches = new ArrayList<>();
          batches.add(first);
          batches.addAll(drain());
          write(batches);
          if (!closing) {
            Thread.sleep(WRITE_EVERY_MS);
          }
        } else if (closing) {
          return;
        }
        letGoIfPossible();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("event=history-stopped", e);
    }
  }

  /**
   * Drops what another node has written; keeps the rest, since this node may be the next to lead.
   */
  private void follow() throws InterruptedException {
    try {
      followed = Math.max(followed, store.followed());
      for (Replica.CommittedBatch first = queue.peek();
          first != null && first.head().last() <= followed;
          first = queue.peek()) {
        trail.follow(queue.remove().events());
      }
    } catch (HistoryFailedException e) {
      LOG.warn("event=history-unreachable reason={}", e.getMessage());
      Thread.sleep(RETRY_MS);
    }
    if (queue.remainingCapacity() < QUEUED_BATCHES / 4) {
      write(drain()); // the same from every node
    }
  }

  private List<Replica.CommittedBatch> drain() {
    List<Replica.CommittedBatch> batches = new ArrayList<>();
    queue.drainTo(batches);
    return batches;
  }

  private void write(List<Replica.CommittedBatch> batches) throws InterruptedException {
    if (batches.isEmpty()) {
      return;
    }
    GatheredHistory gathered = new GatheredHistory();
    for (Replica.CommittedBatch batch : batches) {
      for (StampedChange change : batch.changes()) {
        gathered.take(change);
      }
      gathered.take(trail.follow(batch.events()));
      if (gathered.count() >= ITEMS_PER_WRITE) {
        flush(gathered, batch);
        gathered = new GatheredHistory();
      }
    }
    flush(gathered, batches.get(batches.size() - 1));
  }

  private void flush(GatheredHistory gathered, Replica.CommittedBatch batch)
      throws InterruptedException {
    long startedAt = System.nanoTime();
    long position = batch.head().last();
    writePatiently(gathered, position);
    followed = position;
    meter.historyWritten(gathered.count(), System.nanoTime() - startedAt);
    long atMs = batch.events().get(batch.events().size() - 1).moment().atMs();
    marks.addLast(new Mark(followed, atMs));
  }

  /** Tries until it is written, by this node or another; what is committed can wait. */
  private void writePatiently(GatheredHistory gathered, long position) throws InterruptedException {
    while (true) {
      try {
        store.write(gathered.write(store, position));
        return;
      } catch (HistoryFailedException e) {
        if (isWrittenByAnother(position)) {
          return;
        }
        LOG.warn("event=history-failed reason={}", e.getMessage());
        if (closing || !started) {
          throw e; // nothing behind it may be written either; the next start does all of it
        }
        Thread.sleep(RETRY_MS);
      }
    }
  }

  private boolean isWrittenByAnother(long position) {
    try {
      return store.followed() > position;
    } catch (HistoryFailedException e) {
      return false;
    }
  }

  /** What cannot be written now leaves the state later. */
  private void letGoIfPossible() {
    try {
      letGo();
    } catch (HistoryFailedException e) {
      LOG.warn("event=history-failed reason={}", e.getMessage());
    }
  }

  /** Once there is something worth it, what has ended leaves the state. */
  private void letGo() {
    if (marks.isEmpty() || marks.getLast().atMs() - lastKeepMs < KEEP_EVERY_MS) {
      return;
    }
    long nowMs = marks.getLast().atMs();
    lastKeepMs = nowMs;
    long ended = newestBefore(nowMs - ENDED_STAY_MS);
    long keys = keysWritten; // a round ago, so that whoever asks now looks there
    if (nowMs - lastKeysMs >= KEYS_EVERY_MS) {
      writeKeys(nowMs);
    }
    if (ended > endedUpTo || keys > keysUpTo) {
      endedUpTo = Math.max(ended, endedUpTo);
      keysUpTo = Math.max(keys, keysUpTo);
      keep.accept(new KeepHistory(endedUpTo, keysUpTo));
    }
    if (nowMs - lastForgetMs > KEYS_STAY_MS) {
      lastForgetMs = nowMs;
      store.forgetKeys(nowMs - KEYS_COUNT_MS);
    }
  }

  /** Those that are old enough, so that they are in both for a moment rather than in neither. */
  private void writeKeys(long nowMs) {
    lastKeysMs = nowMs;
    long upTo = newestBefore(nowMs - KEYS_STAY_MS);
    List<HistoryKey> leaving = trail.upTo(upTo);
    if (!leaving.isEmpty()) {
      store.write(new HistoryWrite(List.of(), List.of(), leaving, followed));
      trail.take(upTo);
    }
    while (marks.size() > 1 && marks.getFirst().position() <= upTo) {
      marks.removeFirst();
    }
    keysWritten = Math.max(keysWritten, upTo);
  }

  private long newestBefore(long atMs) {
    long newest = 0;
    for (Mark mark : marks) {
      if (mark.atMs() > atMs) {
        break;
      }
      newest = mark.position();
    }
    return newest;
  }
}
