package io.phalanx.scheduler.receipt;

import io.phalanx.scheduler.receipt.StoredReceipt.Owners;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The dictionary of whom receipts concern: all of an assignment concern the same, so that they are
 * named once and each receipt has a number. Remembers those used last. For the one who writes.
 */
final class WorkTable {
  /** At most so many are remembered; others are looked up. */
  private static final int REMEMBERED = 32_768;

  private static final long UNKNOWN = -1;
  private static final String LAST = "SELECT coalesce(max(id), 0) FROM work";
  private static final String FIND =
      "SELECT id FROM work WHERE assignment = ? AND deployment = ? AND miner = ?"
          + " AND operator = ? AND developer = ?";
  private static final String PUT =
      "INSERT INTO work (assignment, deployment, miner, operator, developer, id)"
          + " VALUES (?, ?, ?, ?, ?, ?)";

  private final Map<String, Work> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Work> eldest) {
          return size() > REMEMBERED;
        }
      };

  private long last = UNKNOWN;

  private record Work(long id, Owners owners) {}

  /** The number of these owners; they get one when they have none. */
  long id(Connection writer, Owners owners) throws SQLException {
    Work work = known.get(owners.assignment());
    if (work == null || !work.owners().equals(owners)) {
      work = new Work(stored(writer, owners), owners);
      known.put(owners.assignment(), work);
    }
    return work.id();
  }

  /** What was added may not be there. */
  void forget() {
    known.clear();
    last = UNKNOWN;
  }

  private long stored(Connection writer, Owners owners) throws SQLException {
    try (PreparedStatement find = writer.prepareStatement(FIND)) {
      bind(find, owners);
      try (ResultSet row = find.executeQuery()) {
        if (row.next()) {
          return row.getLong(1);
        }
      }
    }
    if (last == UNKNOWN) {
      last = last(writer);
    }
    try (PreparedStatement put = writer.prepareStatement(PUT)) {
      bind(put, owners);
      put.setLong(6, ++last);
      put.executeUpdate();
      return last;
    }
  }

  private static long last(Connection writer) throws SQLException {
    try (Statement select = writer.createStatement();
        ResultSet row = select.executeQuery(LAST)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static void bind(PreparedStatement statement, Owners owners) throws SQLException {
    statement.setString(1, owners.assignment());
    statement.setString(2, owners.deployment());
    statement.setString(3, owners.miner());
    statement.setString(4, owners.operator());
    statement.setString(5, owners.developer());
  }
}
