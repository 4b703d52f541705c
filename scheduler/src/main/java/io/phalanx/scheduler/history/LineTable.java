package io.phalanx.scheduler.history;

import io.phalanx.scheduler.history.HistoryQuery.Order;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Lines of accounts: one tree and nothing beside it, as they are the most there is to write. */
final class LineTable {

  static final String CREATE =
      """
      CREATE TABLE line (
        owner TEXT NOT NULL,
        position INTEGER NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (owner, position)
      ) STRICT, WITHOUT ROWID""";

  private static final String INSERT =
      "INSERT INTO line (owner, position, body) VALUES (?, ?, ?)"
          + " ON CONFLICT (owner, position) DO UPDATE SET body = excluded.body";

  private LineTable() {}

  static void insert(Connection connection, List<HistoryLine> lines) throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (HistoryLine line : lines) {
        insert.setString(1, line.owner());
        insert.setLong(2, line.position());
        insert.setBytes(3, line.body());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static List<HistoryLine> page(
      Connection connection, String owner, long after, Order order, int limit) throws SQLException {
    boolean isOldestFirst = order == Order.OLDEST_FIRST;
    String sql =
        "SELECT position, body FROM line WHERE owner = ? AND position "
            + (isOldestFirst ? ">" : "<")
            + " ? ORDER BY position "
            + (isOldestFirst ? "ASC" : "DESC")
            + " LIMIT ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, owner);
      select.setLong(2, after);
      select.setInt(3, limit);
      try (ResultSet rows = select.executeQuery()) {
        List<HistoryLine> lines = new ArrayList<>();
        while (rows.next()) {
          lines.add(new HistoryLine(owner, rows.getLong(1), rows.getBytes(2)));
        }
        return lines;
      }
    }
  }
}
