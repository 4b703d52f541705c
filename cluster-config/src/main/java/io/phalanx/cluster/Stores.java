package io.phalanx.cluster;

import io.phalanx.scheduler.history.HistoryStore;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.snapshot.SnapshotStore;

/**
 * Everything that a node keeps.
 *
 * @param journal what is true
 * @param snapshots what makes a start quick
 * @param history what lists are read from
 */
public record Stores(Journal journal, SnapshotStore snapshots, HistoryStore history)
    implements AutoCloseable {
  /** Closes what is open, the journal last since its lock guards the others. */
  @Override
  public void close() {
    try {
      history.close();
    } finally {
      journal.close();
    }
  }
}
