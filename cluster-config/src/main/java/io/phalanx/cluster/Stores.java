package io.phalanx.cluster;

import io.phalanx.scheduler.history.HistoryStore;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.receipt.ReceiptStore;
import io.phalanx.scheduler.snapshot.SnapshotStore;

/**
 * Everything that a node keeps.
 *
 * @param journal what is true
 * @param snapshots what makes a start quick
 * @param history what lists are read from
 * @param receipts what was charged, provably
 */
public record Stores(
    Journal journal, SnapshotStore snapshots, HistoryStore history, ReceiptStore receipts)
    implements AutoCloseable {
  /** Closes what is open, the journal last since its lock guards the others. */
  @Override
  public void close() {
    try (journal;
        history) {
      receipts.close();
    }
  }
}
