package io.phalanx.cluster;

import io.phalanx.scheduler.history.HistoryStore;
import io.phalanx.scheduler.history.PostgresHistory;
import io.phalanx.scheduler.history.SqliteHistory;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.PostgresJournal;
import io.phalanx.scheduler.journal.ProcessLock;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.receipt.ReceiptsFailedException;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.scheduler.snapshot.FileSnapshotStore;
import io.phalanx.scheduler.snapshot.PostgresSnapshotStore;
import io.phalanx.scheduler.storage.Folders;
import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.scheduler.storage.Resources;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the stores that a configuration asks for. */
public final class StoreSelection {
  private static final String RECEIPTS_LOCK = "receipts.lock";

  private StoreSelection() {}

  /**
   * Opens all of them, or none. The journal is not verified yet.
   *
   * @throws io.phalanx.scheduler.journal.JournalException if the journal cannot be opened
   * @throws io.phalanx.scheduler.history.HistoryFailedException if the history cannot be opened
   * @throws io.phalanx.scheduler.receipt.ReceiptsFailedException if the receipts cannot be opened
   * @throws io.phalanx.scheduler.snapshot.SnapshotFailedException if the snapshots cannot be
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
    HistoryStore history = opened.add(SqliteHistory.open(config.data()));
    return new Stores(
        journal,
        new FileSnapshotStore(config.data().resolve(FileSnapshotStore.FOLDER)),
        history,
        SqliteReceipts.open(config.data()));
  }

  /** All in the database, but the receipts: each node builds them from the journal. */
  private static Stores shared(NodeConfig config, Journal journal, Resources opened) {
    PostgresServer server = server(config);
    HistoryStore history = opened.add(PostgresHistory.open(server));
    PostgresSnapshotStore snapshots = PostgresSnapshotStore.open(server);
    return new Stores(journal, snapshots, history, ownReceipts(config.data()));
  }

  private static SqliteReceipts ownReceipts(Path folder) {
    try {
      Folders.make(folder);
      return SqliteReceipts.open(folder, ProcessLock.take(folder, RECEIPTS_LOCK));
    } catch (IOException e) {
      throw new ReceiptsFailedException(folder + " cannot be used", e);
    }
  }
}
