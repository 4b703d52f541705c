package io.phalanx.scheduler.history;

import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.KeyScope;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Idempotency keys in a shared database: found by the digest of their scope in one search. */
final class PostgresKeys {

  static final String CREATE =
      """
      CREATE TABLE used_key (
        mark bytea NOT NULL,
        period bigint NOT NULL,
        position bigint NOT NULL,
        at bigint NOT NULL,
        PRIMARY KEY (mark, period)
      )""";

  static final String CREATE_INDEX = "CREATE INDEX used_key_by_period ON used_key (period)";

  private static final String INSERT =
      "INSERT INTO used_key (mark, period, position, at) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (mark, period) DO UPDATE SET position = excluded.position,"
          + " at = excluded.at";

  // The digest of the scope is the beginning of the mark.
  private static final String FIND =
      "SELECT mark, position, at FROM used_key WHERE mark BETWEEN ? AND ?"
          + " ORDER BY period DESC LIMIT 1";

  private static final String FORGET = "DELETE FROM used_key WHERE period < ?";

  private PostgresKeys() {}

  static void insert(Connection connection, List<HistoryKey> keys) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (HistoryKey key : keys) {
        insert.setBytes(1, bytes(key.mark()));
        insert.setLong(2, KeyTable.period(key.atMs()));
        insert.setLong(3, key.position());
        insert.setLong(4, key.atMs());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** The newest use of a key. */
  static Optional<HistoryKey> find(Connection connection, KeyScope scope) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setBytes(1, bytes(new KeyMark(scope, 0, 0)));
      select.setBytes(2, bytes(new KeyMark(scope, -1, -1)));
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        KeyMark mark = KeyMark.read(ByteBuffer.wrap(row.getBytes(1)));
        return Optional.of(new HistoryKey(mark, row.getLong(2), row.getLong(3)));
      }
    }
  }

  static void forget(Connection connection, long beforeMs) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setLong(1, KeyTable.period(beforeMs));
      delete.executeUpdate();
    }
  }

  private static byte[] bytes(KeyMark mark) {
    return mark.write(ByteBuffer.allocate(KeyMark.LENGTH)).array();
  }
}
