package io.phalanx.scheduler.journal;

import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.scheduler.storage.PostgresTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables of the journal on PostgreSQL: those of {@link SqliteSchema}, and the lease in one of
 * its own so that its renewals never wait for an append.
 */
final class PostgresSchema {
  private static final String STORE = "journal";
  private static final int VERSION = 1;

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE cell (
            cell text COLLATE "C" PRIMARY KEY,
            epoch bigint NOT NULL CHECK (epoch >= 0)
          )""",
          """
          CREATE TABLE journal (
            cell text COLLATE "C" NOT NULL REFERENCES cell,
            first bigint NOT NULL CHECK (first >= 0),
            last bigint NOT NULL CHECK (last >= first),
            epoch bigint NOT NULL,
            node text NOT NULL,
            prev_hash bytea NOT NULL,
            hash bytea NOT NULL,
            recorded_at bigint NOT NULL,
            body bytea NOT NULL,
            PRIMARY KEY (cell, first),
            UNIQUE (cell, hash),
            FOREIGN KEY (cell, prev_hash) REFERENCES journal (cell, hash)
          )""",
          // Not for the genesis: it refers to itself, and so does the row after it.
          "CREATE UNIQUE INDEX journal_successor ON journal (cell, prev_hash) WHERE first > 0",
          """
          CREATE TABLE lease (
            cell text COLLATE "C" PRIMARY KEY REFERENCES cell,
            epoch bigint NOT NULL,
            node text NOT NULL,
            renewals bigint NOT NULL,
            released boolean NOT NULL
          )""");

  private static final String GENESIS =
      """
      INSERT INTO journal (cell, first, last, epoch, node, prev_hash, hash, recorded_at, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  private PostgresSchema() {}

  /** Makes the tables and the cell where they are absent. */
  static void create(PostgresServer server) throws SQLException {
    boolean isOurs =
        PostgresTables.create(
            server, STORE, VERSION, TABLES, connection -> fill(connection, server.cell()));
    if (!isOurs) {
      throw new CorruptJournalException(0, server + " is not of version " + VERSION, null);
    }
  }

  private static void fill(Connection connection, String cell) throws SQLException {
    insert(connection, "INSERT INTO cell (cell, epoch) VALUES (?, 0)", cell);
    insert(connection, "INSERT INTO lease VALUES (?, 0, '', 0, true)", cell);
    try (PreparedStatement insert = connection.prepareStatement(GENESIS)) {
      insert.setString(1, cell);
      JournalTable.bind(insert, 2, JournalRow.genesis(cell));
      insert.executeUpdate();
    }
  }

  private static void insert(Connection connection, String sql, String cell) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, cell);
      insert.executeUpdate();
    }
  }
}
