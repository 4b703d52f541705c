package io.phalanx.scheduler.history;

import io.phalanx.scheduler.id.KeyScope;
import io.phalanx.scheduler.storage.Folders;
import io.phalanx.scheduler.storage.ReaderPool;
import io.phalanx.scheduler.storage.Resources;
import io.phalanx.scheduler.storage.SqliteFile;
import io.phalanx.scheduler.storage.SqliteWriter;
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
  private final SqliteWriter writer;
  private final ReaderPool readers;
  private volatile boolean hasKeys;

  private SqliteHistory(Path folder, Resources resources) throws IOException, SQLException {
    this.resources = resources;
    Folders.make(folder);
    SqliteFile file = new SqliteFile(folder.resolve(FILE));
    writer = resources.add(SqliteWriter.open(file, HistorySql::createTables));
    Folders.sync(folder);
    readers = resources.add(new ReaderPool(file, READERS));
    hasKeys = !readers.read(KeyTable::isEmpty);
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
    write(
        write.bytes(),
        "history up to %d not written".formatted(write.followed()),
        connection -> {
          follow(connection, write.followed());
          upsert(connection, write.items());
          LineTable.insert(connection, write.lines());
          KeyTable.insert(connection, write.keys());
        });
    hasKeys |= !write.keys().isEmpty();
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
    write(0, "old keys not forgotten", connection -> KeyTable.forget(connection, beforeMs));
  }

  @Override
  public void close() {
    try {
      resources.close();
    } catch (Exception e) {
      throw new HistoryFailedException("the history did not close well", e);
    }
  }

  private void write(long bytes, String otherwise, SqliteWriter.Work work) {
    try {
      writer.write(bytes, work);
    } catch (SQLException e) {
      throw new HistoryFailedException(otherwise, e);
    }
  }

  private static void follow(Connection connection, long followed) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(HistorySql.FOLLOW)) {
      update.setLong(1, followed);
      update.setLong(2, followed);
      if (update.executeUpdate() == 0) {
        throw new HistoryFailedException("the history is beyond " + followed + " already", null);
      }
    }
  }

  private static void upsert(Connection connection, List<HistoryItem> items) throws SQLException {
    if (items.isEmpty()) {
      return;
    }
    try (PreparedStatement upsert = connection.prepareStatement(HistorySql.UPSERT)) {
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
