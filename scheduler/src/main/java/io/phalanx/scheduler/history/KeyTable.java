package io.phalanx.scheduler.history;

import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.KeyScope;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Idempotency keys by the digest of their scope, in periods: inserts touch only the newest period's
 * part of the tree, an old period is forgotten as a whole, and a look-up is one search in each.
 */
final class KeyTable {

  static final String CREATE =
      """
      CREATE TABLE used_key (
        period INTEGER NOT NULL,
        mark BLOB NOT NULL,
        position INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (period, mark)
      ) STRICT, WITHOUT ROWID""";

  private static final long PERIOD_MS = 3 * 3_600_000L;

  private static final String INSERT =
      "INSERT OR REPLACE INTO used_key (period, mark, position, at) VALUES (?, ?, ?, ?)";

  private static final String BOUNDS = "SELECT min(period), max(period) FROM used_key";

  // The digest of the scope is the beginning of the mark.
  private static final String FIND =
      "SELECT mark, position, at FROM used_key WHERE period = ? AND mark BETWEEN ? AND ?";

  private static final String FORGET = "DELETE FROM used_key WHERE period < ?";

  private KeyTable() {}

  /** In the order of the tree, so that neighbours share a page while it is at hand. */
  static void insert(Connection connection, List<HistoryKey> keys) throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    List<Row> rows =
        keys.stream()
            .map(key -> new Row(key, bytes(key.mark())))
            .sorted(Comparator.comparing(Row::bytes, java.util.Arrays::compareUnsigned))
            .toList();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Row row : rows) {
        insert.setLong(1, period(row.key.atMs()));
        insert.setBytes(2, row.bytes);
        insert.setLong(3, row.key.position());
        insert.setLong(4, row.key.atMs());
        insert.executeUpdate();
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(HistoryKey key, byte[] bytes) {}

  /** The newest use of a key. */
  static Optional<HistoryKey> find(Connection connection, KeyScope scope) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet bounds = statement.executeQuery(BOUNDS)) {
      bounds.next();
      long oldest = bounds.getLong(1);
      long newest = bounds.wasNull() ? -1 : bounds.getLong(2);
      return find(connection, scope, oldest, newest);
    }
  }

  private static Optional<HistoryKey> find(
      Connection connection, KeyScope scope, long oldest, long newest) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setBytes(2, bytes(new KeyMark(scope, 0, 0)));
      select.setBytes(3, bytes(new KeyMark(scope, -1, -1)));
      for (long period = newest; period >= oldest; period--) {
        select.setLong(1, period);
        try (ResultSet row = select.executeQuery()) {
          if (row.next()) {
            KeyMark mark = KeyMark.read(ByteBuffer.wrap(row.getBytes(1)));
            return Optional.of(new HistoryKey(mark, row.getLong(2), row.getLong(3)));
          }
        }
      }
      return Optional.empty();
    }
  }

  static boolean isEmpty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet any = statement.executeQuery("SELECT 1 FROM used_key LIMIT 1")) {
      return !any.next();
    }
  }

  static void forget(Connection connection, long beforeMs) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setLong(1, period(beforeMs));
      delete.executeUpdate();
    }
  }

  /** Which period a time is in. */
  static long period(long atMs) {
    return atMs / PERIOD_MS;
  }

  private static byte[] bytes(KeyMark mark) {
    return mark.write(ByteBuffer.allocate(KeyMark.LENGTH)).array();
  }
}
