package io.phalanx.cluster;

import io.phalanx.scheduler.history.PostgresHistory;
import io.phalanx.scheduler.history.SqliteHistory;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.PostgresJournal;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.scheduler.snapshot.FileSnapshotStore;
import io.phalanx.scheduler.snapshot.PostgresSnapshotStore;
import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.scheduler.storage.Resources;

/** Opens the stores that a configuration asks for. */
public final class StoreSelection {
  private StoreSelection() {}

  /**
   * Opens all of them, or none. The journal is not verified yet.
   *
   * @throws io.phalanx.scheduler.journal.JournalException if the journal cannot be opened
   * @throws io.phalanx.scheduler.history.HistoryFailedException if the history cannot be opened
   * @throws io.phalanx.scheduler.snapshot.SnapshotFailedException if the snapshots cannot be
   * @throws io.phalanx.scheduler.receipt.ReceiptsFailedException if the receipts cannot be opened
   */
  public static Stores open(NodeConfig config) {
    Resources opened = new Resources();
    try {
      Journal journal = opened.add(openJournal(config));
      return config.isEmbedded()
          ? embedded(config, journal, opened)
          : shared(config, journal, opened);
    } catch (RuntimeException e) {
      opened.closeAfter(e);
      throw e;
    }
  }

  /**
   * Opens the journal alone, as is done again after it failed.
   *
   * @throws io.phalanx.scheduler.journal.JournalException if it cannot be opened
   */
  public static Journal openJournal(NodeConfig config) {
    return config.isEmbedded()
        ? SqliteJournal.open(config.data(), config.cell())
        : PostgresJournal.open(server(config));
  }

  /** The database that nodes share; only of a configuration that is not embedded. */
  static PostgresServer server(NodeConfig config) {
    return new PostgresServer(config.store(), config.cell());
  }

  private static Stores embedded(NodeConfig config, Journal journal, Resources opened) {
    SqliteHistory history = opened.add(SqliteHistory.open(config.data()));
    return new Stores(
        journal,
        new FileSnapshotStore(config.data().resolve(FileSnapshotStore.FOLDER)),
        history,
        SqliteReceipts.open(config.data()));
  }

  /** Receipts are each node's own: the same everywhere, as they are built from the journal. */
  private static Stores shared(NodeConfig config, Journal journal, Resources opened) {
    PostgresServer server = server(config);
    PostgresHistory history = opened.add(PostgresHistory.open(server));
    return new Stores(
        journal, PostgresSnapshotStore.open(server), history, SqliteReceipts.open(config.data()));
  }
}
