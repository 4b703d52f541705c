package io.phalanx.cluster;

import io.phalanx.scheduler.history.SqliteHistory;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.scheduler.snapshot.FileSnapshotStore;
import io.phalanx.scheduler.storage.Resources;
import java.util.List;

/** Opens the stores that a configuration asks for. */
public final class StoreSelection {
  private StoreSelection() {}

  /**
   * Opens all of them, or none. The journal is not verified yet.
   *
   * @throws ConfigFaultException if the store is of a kind that is not there
   * @throws io.phalanx.scheduler.journal.JournalException if the journal cannot be opened
   * @throws io.phalanx.scheduler.history.HistoryFailedException if the history cannot be opened
   * @throws io.phalanx.scheduler.receipt.ReceiptsFailedException if the receipts cannot be opened
   */
  public static Stores open(NodeConfig config) {
    if (!config.isEmbedded()) {
      throw new ConfigFaultException(
          List.of(
              Setting.STORE.key()
                  + ": PostgreSQL is not supported yet; leave it empty for the embedded store"));
    }
    Resources opened = new Resources();
    try {
      SqliteJournal journal = opened.add(SqliteJournal.open(config.data(), config.cell()));
      SqliteHistory history = opened.add(SqliteHistory.open(config.data()));
      return new Stores(
          journal,
          new FileSnapshotStore(config.data().resolve(FileSnapshotStore.FOLDER)),
          history,
          SqliteReceipts.open(config.data()));
    } catch (RuntimeException e) {
      opened.closeAfter(e);
      throw e;
    }
  }
}
