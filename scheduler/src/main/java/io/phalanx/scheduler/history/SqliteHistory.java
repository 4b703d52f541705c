package io.phalanx.scheduler.history;

import io.phalanx.scheduler.id.KeyScope;
import io.phalanx.scheduler.storage.Checkpointer;
import io.phalanx.scheduler.storage.Folders;
import io.phalanx.scheduler.storage.ReaderPool;
import io.phalanx.scheduler.storage.Resources;
import io.phalanx.scheduler.storage.SqliteFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The embedded history: an SQLite file of its own, so that it never waits for the journal's writer
 * nor lets it wait. The journal's lock keeps other processes out of both.
 */
public final class SqliteHistory implements HistoryStore {
  /** Name of the file in the data folder. */
  public static final String FILE = "history.db";

  private static final int READERS = 8;

  private final Resources resources;
  private final Connection writer;
  private final Checkpointer checkpointer;
  private final ReaderPool readers;
  private final Object writing = new Object();
  private volatile boolean hasKeys;

  private SqliteHistory(Path folder, Resources resources) throws IOException, SQLException {
    this.resources = resources;
    Folders.make(folder);
    SqliteFile file = new SqliteFile(folder.resolve(FILE));
    writer = resources.add(file.openWriter());
    HistorySql.createTables(writer);
    Folders.sync(folder);
    checkpointer = resources.add(new Checkpointer(file, writer));
    readers = resources.add(new ReaderPool(file, READERS));
    hasKeys = !KeyTable.isEmpty(writer);
  }

  /**
   * Opens the history in a folder, making both if they are absent.
   *
   * @throws HistoryFailedException if it cannot be opened
   */
  public static SqliteHistory open(Path folder) {
    Resources resources = new Resources();
    try {
      return new SqliteHistory(folder, resources);
    } catch (SQLException | IOException e) {
      resources.closeAfter(e);
      throw new HistoryFailedException(folder.resolve(FILE) + " cannot be opened", e);
    }
  }

  @Override
  public long followed() {
    return read(
        connection -> {
          try (Statement select = connection.createStatement();
              ResultSet row = select.executeQuery(HistorySql.FOLLOWED)) {
            return row.next() ? row.getLong(1) : 0;
          }
        });
  }

  @Override
  public void write(HistoryWrite write) {
    synchronized (writing) {
      try {
        writer.setAutoCommit(false);
        try {
          follow(write.followed());
          upsert(write.items());
          LineTable.insert(writer, write.lines());
          KeyTable.insert(writer, write.keys());
          writer.commit();
          hasKeys |= !write.keys().isEmpty();
        } catch (SQLException | RuntimeException e) {
          writer.rollback();
          throw e;
        } finally {
          writer.setAutoCommit(true);
        }
        checkpointer.committed(write.bytes());
      } catch (SQLException e) {
        throw new HistoryFailedException(
            "history up to %d not written".formatted(write.followed()), e);
      }
    }
  }

  @Override
  public Optional<HistoryItem> get(String kind, String id) {
    return read(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(HistorySql.GET)) {
            select.setString(1, kind);
            select.setString(2, id);
            try (ResultSet rows = select.executeQuery()) {
              return rows.next() ? Optional.of(HistorySql.item(rows)) : Optional.empty();
            }
          }
        });
  }

  @Override
  public List<HistoryItem> page(HistoryQuery query) {
    return read(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(HistorySql.page(query))) {
            HistorySql.bind(select, query);
            return items(select);
          }
        });
  }

  @Override
  public List<HistoryLine> lines(String owner, long after, HistoryQuery.Order order, int limit) {
    return read(connection -> LineTable.page(connection, owner, after, order, limit));
  }

  @Override
  public Optional<HistoryKey> key(KeyScope scope) {
    return read(connection -> KeyTable.find(connection, scope));
  }

  @Override
  public boolean hasKeys() {
    return hasKeys;
  }

  @Override
  public void forgetKeys(long beforeMs) {
    synchronized (writing) {
      try {
        KeyTable.forget(writer, beforeMs);
        checkpointer.committed(0);
      } catch (SQLException e) {
        throw new HistoryFailedException("old keys not forgotten", e);
      }
    }
  }

  @Override
  public void close() {
    synchronized (writing) {
      try {
        resources.close();
      } catch (Exception e) {
        throw new HistoryFailedException("the history did not close well", e);
      }
    }
  }

  private void follow(long followed) throws SQLException {
    try (PreparedStatement update = writer.prepareStatement(HistorySql.FOLLOW)) {
      update.setLong(1, followed);
      update.setLong(2, followed);
      if (update.executeUpdate() == 0) {
        throw new HistoryFailedException("the history is beyond " + followed + " already", null);
      }
    }
  }

  private void upsert(List<HistoryItem> items) throws SQLException {
    if (items.isEmpty()) {
      return;
    }
    try (PreparedStatement upsert = writer.prepareStatement(HistorySql.UPSERT)) {
      for (HistoryItem item : items) {
        HistorySql.bind(upsert, item);
        upsert.executeUpdate();
      }
    }
  }

  private static List<HistoryItem> items(PreparedStatement select) throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      List<HistoryItem> items = new ArrayList<>();
      while (rows.next()) {
        items.add(HistorySql.item(rows));
      }
      return items;
    }
  }

  private <T> T read(ReaderPool.Use<T> use) {
    try {
      return readers.read(use);
    } catch (SQLException e) {
      throw new HistoryFailedException("the history cannot be read", e);
    }
  }
}
