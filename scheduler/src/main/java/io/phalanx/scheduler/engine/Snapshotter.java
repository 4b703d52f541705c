package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.ImageCodec;
import io.phalanx.scheduler.history.HistoryStore;
import io.phalanx.scheduler.snapshot.SnapshotStore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a snapshot every so many events, off the path of commits. */
final class Snapshotter {

  private static final Logger LOG = LoggerFactory.getLogger(Snapshotter.class);
  private static final long HISTORY_PAUSE_MS = 20;
  private static final int HISTORY_PAUSES = 500;

  private final AtomicBoolean busy = new AtomicBoolean();
  private final SnapshotStore store;
  private final HistoryStore history;
  private final Replica replica;
  private final EngineSettings settings;
  private final BooleanSupplier leads;
  private volatile long last;

  /** A snapshotter that writes only while this node leads. */
  Snapshotter(
      SnapshotStore store,
      HistoryStore history,
      Replica replica,
      EngineSettings settings,
      BooleanSupplier leads) {
    this.leads = leads;
    this.store = store;
    this.history = history;
    this.replica = replica;
    this.settings = settings;
    this.last = replica.head().last();
  }

  void committed(Replica.CommittedBatch batch) {
    if (batch.head().last() - last >= settings.snapshotEvery()
        && leads.getAsBoolean()
        && busy.compareAndSet(false, true)) {
      Thread thread = new Thread(this::save, "phalanx-snapshot");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Writes one now, unless one is being written. */
  void saveNow() {
    if (busy.compareAndSet(false, true)) {
      save();
    }
  }

  private void save() {
    try {
      long started = System.nanoTime();
      long position =
          replica.image(
              (image, head) -> {
                awaitHistory(head.last());
                store.save(head, out -> ImageCodec.write(image, out));
                return head.last();
              });
      last = position;
      settings.meter().snapshotWritten(position, System.nanoTime() - started);
    } catch (RuntimeException e) {
      LOG.warn("event=snapshot-failed reason={}", e.toString());
      last = replica.head().last(); // try again after as many events as ever
    } finally {
      busy.set(false);
    }
  }

  /** A snapshot may stand only where the history has come to. */
  private void awaitHistory(long position) {
    for (int i = 0; i < HISTORY_PAUSES && history.followed() < position; i++) {
      try {
        Thread.sleep(HISTORY_PAUSE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    if (history.followed() < position) {
      throw new IllegalStateException("the history has not come to " + position);
    }
  }
}
