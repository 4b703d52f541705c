package io.phalanx.scheduler.history;

import io.phalanx.scheduler.id.KeyScope;
import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.scheduler.storage.PostgresTables;
import io.phalanx.scheduler.storage.ReaderPool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The history that several nodes share. Any node may write what it has read from the journal: what
 * another has written already is written again, and changes nothing.
 *
 * <p>A connection that failed is replaced by the next call.
 */
public final class PostgresHistory implements HistoryStore {
  private static final String STORE = "history";
  private static final int VERSION = 1;
  private static final int READERS = 8;

  // By bytes, as in the embedded store: the order of a list must not depend on a locale.
  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE item (
            kind text COLLATE "C" NOT NULL,
            id text COLLATE "C" NOT NULL,
            owner text COLLATE "C" NOT NULL,
            created bigint NOT NULL,
            ended bigint NOT NULL,
            at bigint NOT NULL,
            body bytea NOT NULL,
            PRIMARY KEY (kind, id)
          )""",
          "CREATE INDEX item_by_owner ON item (kind, owner, created, id)",
          "CREATE INDEX item_by_created ON item (kind, created, id)",
          """
          CREATE TABLE line (
            owner text COLLATE "C" NOT NULL,
            position bigint NOT NULL,
            body bytea NOT NULL,
            PRIMARY KEY (owner, position)
          )""",
          PostgresKeys.CREATE,
          PostgresKeys.CREATE_INDEX,
          "CREATE TABLE followed (position bigint NOT NULL)",
          "INSERT INTO followed (position) VALUES (0)");

  private static final String PUT_LINE =
      "INSERT INTO line (owner, position, body) VALUES (?, ?, ?)"
          + " ON CONFLICT (owner, position) DO UPDATE SET body = excluded.body";

  private final PostgresServer server;
  private final ReaderPool readers;
  private final Object writing = new Object();
  private @Nullable Connection writer;

  private PostgresHistory(PostgresServer server) {
    this.server = server;
    this.readers = new ReaderPool(server::open, READERS);
  }

  /**
   * Opens the history of a cell, making its tables if they are absent.
   *
   * @throws HistoryFailedException if it cannot be opened
   */
  public static PostgresHistory open(PostgresServer server) {
    try {
      if (!PostgresTables.create(server, STORE, VERSION, TABLES, connection -> {})) {
        throw new HistoryFailedException(server + " is not of version " + VERSION, null);
      }
      return new PostgresHistory(server);
    } catch (SQLException e) {
      throw new HistoryFailedException("the history cannot be opened: " + e.getMessage(), e);
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
    writing(
        "history up to %d not written".formatted(write.followed()),
        connection -> {
          follow(connection, write.followed());
          upsert(connection, write.items());
          insert(connection, write.lines());
          PostgresKeys.insert(connection, write.keys());
          return 0;
        });
  }

  @Override
  public Optional<HistoryItem> get(String kind, String id) {
    return read(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(HistorySql.GET)) {
            select.setString(1, kind);
            select.setString(2, id);
            return items(select).stream().findFirst();
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
    return read(connection -> PostgresKeys.find(connection, scope));
  }

  /** Always: another node may have written one that the writer lets go of this moment. */
  @Override
  public boolean hasKeys() {
    return true;
  }

  @Override
  public void forgetKeys(long beforeMs) {
    writing(
        "old keys not forgotten",
        connection -> {
          PostgresKeys.forget(connection, beforeMs);
          return 0;
        });
  }

  @Override
  public void close() {
    synchronized (writing) {
      dropWriter();
      try {
        readers.close();
      } catch (SQLException e) {
        throw new HistoryFailedException("the history did not close well", e);
      }
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
    try (PreparedStatement upsert = connection.prepareStatement(HistorySql.UPSERT)) {
      for (HistoryItem item : items) {
        HistorySql.bind(upsert, item);
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private static void insert(Connection connection, List<HistoryLine> lines) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(PUT_LINE)) {
      for (HistoryLine line : lines) {
        insert.setString(1, line.owner());
        insert.setLong(2, line.position());
        insert.setBytes(3, line.body());
        insert.addBatch();
      }
      insert.executeBatch();
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
      return readers.readAgain(use);
    } catch (SQLException e) {
      throw new HistoryFailedException("the history cannot be read: " + e.getMessage(), e);
    }
  }

  private <T> T writing(String otherwise, ReaderPool.Use<T> use) {
    synchronized (writing) {
      try {
        Connection connection = writer();
        T result = use.with(connection);
        connection.commit();
        return result;
      } catch (SQLException e) {
        dropWriter();
        throw new HistoryFailedException(otherwise + ": " + e.getMessage(), e);
      } catch (RuntimeException e) {
        dropWriter(); // takes back what was begun
        throw e;
      }
    }
  }

  private Connection writer() throws SQLException {
    Connection known = writer;
    if (known != null) {
      return known;
    }
    Connection opened = server.open();
    opened.setAutoCommit(false);
    writer = opened;
    return opened;
  }

  private void dropWriter() {
    Connection known = writer;
    writer = null;
    if (known != null) {
      try {
        known.close();
      } catch (SQLException e) {
        // it failed, so it may fail once more
      }
    }
  }
}
