package io.phalanx.scheduler.history;

import io.phalanx.scheduler.history.HistoryQuery.Order;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The statements of the history. */
final class HistorySql {
  private static final String COLUMNS = "kind, id, owner, created, ended, at, body";

  static final String FOLLOWED = "SELECT position FROM followed";

  static final String FOLLOW = "UPDATE followed SET position = ? WHERE position <= ?";

  static final String GET = "SELECT " + COLUMNS + " FROM item WHERE kind = ? AND id = ?";

  static final String UPSERT =
      "INSERT INTO item ("
          + COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET owner ="
          + " excluded.owner, created = excluded.created, ended = excluded.ended, at ="
          + " excluded.at, body = excluded.body";

  private static final int VERSION = 2;

  private static final String[] TABLES = {
    """
    CREATE TABLE item (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      owner TEXT NOT NULL,
      created INTEGER NOT NULL,
      ended INTEGER NOT NULL,
      at INTEGER NOT NULL,
      body BLOB NOT NULL,
      PRIMARY KEY (kind, id)
    ) STRICT""",
    "CREATE INDEX item_by_owner ON item (kind, owner, created, id)",
    "CREATE INDEX item_by_created ON item (kind, created, id)",
    LineTable.CREATE,
    KeyTable.CREATE,
    "CREATE TABLE followed (position INTEGER NOT NULL) STRICT",
    "INSERT INTO followed (position) VALUES (0)",
    "PRAGMA user_version = " + VERSION
  };

  private HistorySql() {}

  /** Makes the tables in an empty file; in another, checks that they are ours. */
  static void createTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int version = version(statement);
      if (version == VERSION) {
        return;
      }
      if (version != 0) {
        throw new SQLException("schema version " + version + " is not " + VERSION);
      }
      connection.setAutoCommit(false);
      for (String table : TABLES) {
        statement.execute(table);
      }
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  /** The statement of a page; {@link #bind(PreparedStatement, HistoryQuery)} fills it in. */
  static String page(HistoryQuery query) {
    boolean isOldestFirst = query.order() == Order.OLDEST_FIRST;
    String direction = isOldestFirst ? " ASC" : " DESC";
    return "SELECT "
        + COLUMNS
        + " FROM item WHERE kind = ?"
        + (isOwned(query) ? " AND owner = ?" : "")
        + (isContinued(query)
            ? " AND (created, id) " + (isOldestFirst ? ">" : "<") + " (?, ?)"
            : "")
        + (" ORDER BY created" + direction + ", id" + direction + " LIMIT ?");
  }

  static void bind(PreparedStatement select, HistoryQuery query) throws SQLException {
    int parameter = 1;
    select.setString(parameter++, query.kind());
    if (isOwned(query)) {
      select.setString(parameter++, query.owner());
    }
    if (isContinued(query)) {
      select.setLong(parameter++, query.after().created());
      select.setString(parameter++, query.after().id());
    }
    select.setInt(parameter, query.limit());
  }

  static void bind(PreparedStatement statement, HistoryItem item) throws SQLException {
    statement.setString(1, item.kind());
    statement.setString(2, item.id());
    statement.setString(3, item.owner());
    statement.setLong(4, item.created());
    statement.setLong(5, item.ended());
    statement.setLong(6, item.atMs());
    statement.setBytes(7, item.body());
  }

  static HistoryItem item(ResultSet row) throws SQLException {
    return new HistoryItem(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getBytes(7));
  }

  private static boolean isOwned(HistoryQuery query) {
    return !query.owner().isEmpty();
  }

  private static boolean isContinued(HistoryQuery query) {
    return !query.after().equals(HistoryCursor.BEGINNING);
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      result.next();
      return result.getInt(1);
    }
  }
}
