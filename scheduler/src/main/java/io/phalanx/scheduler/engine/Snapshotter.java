package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.ImageCodec;
import io.phalanx.scheduler.snapshot.SnapshotStore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes snapshots at their pace, off the path of commits. */
final class Snapshotter {

  private static final Logger LOG = LoggerFactory.getLogger(Snapshotter.class);
  private static final long HISTORY_PAUSE_MS = 20;
  private static final int HISTORY_PAUSES = 500;

  private final AtomicBoolean busy = new AtomicBoolean();
  private final SnapshotStore store;
  private final LongSupplier followed;
  private final Replica replica;
  private final EngineSettings settings;
  private final BooleanSupplier leads;
  private final SnapshotPace pace;

  /**
   * A snapshotter that writes only while this node leads.
   *
   * @param followed how far all that is built from the journal has come
   */
  Snapshotter(
      SnapshotStore store,
      LongSupplier followed,
      Replica replica,
      EngineSettings settings,
      BooleanSupplier leads) {
    this.leads = leads;
    this.store = store;
    this.followed = followed;
    this.replica = replica;
    this.settings = settings;
    this.pace = new SnapshotPace(settings.snapshotEvery(), replica.head().last());
  }

  void committed(Replica.CommittedBatch batch) {
    boolean due = pace.isDue(batch.head().last(), System.nanoTime());
    if (due && leads.getAsBoolean() && busy.compareAndSet(false, true)) {
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
    long started = System.nanoTime();
    long written = replica.head().last();
    try {
      long position =
          replica.image(
              (image, head) -> {
                awaitHistory(head.last());
                store.save(head, out -> ImageCodec.write(image, out));
                return head.last();
              });
      written = position;
      settings.meter().snapshotWritten(position, System.nanoTime() - started);
    } catch (RuntimeException e) {
      LOG.warn("event=snapshot-failed reason={}", e.toString());
    } finally {
      pace.tried(written, started, System.nanoTime());
      busy.set(false);
    }
  }

  /** A snapshot may stand only where the history and the receipts have come to. */
  private void awaitHistory(long position) {
    for (int i = 0; i < HISTORY_PAUSES && followed.getAsLong() < position; i++) {
      try {
        Thread.sleep(HISTORY_PAUSE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    if (followed.getAsLong() < position) {
      throw new IllegalStateException("history or receipts have not come to " + position);
    }
  }
}
