package io.phalanx.scheduler.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables of the embedded journal. What fences is the database's work: each position once, each
 * row's predecessor there and followed by one row only.
 */
final class SqliteSchema {
  private static final int VERSION = 1;

  private static final String CELL =
      """
      CREATE TABLE cell (
        cell TEXT NOT NULL PRIMARY KEY,
        epoch INTEGER NOT NULL CHECK (epoch >= 0)
      ) STRICT""";

  private static final String JOURNAL =
      """
      CREATE TABLE journal (
        cell TEXT NOT NULL REFERENCES cell,
        first INTEGER NOT NULL CHECK (first >= 0),
        last INTEGER NOT NULL CHECK (last >= first),
        epoch INTEGER NOT NULL,
        node TEXT NOT NULL,
        prev_hash BLOB NOT NULL,
        hash BLOB NOT NULL,
        recorded_at INTEGER NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (cell, first),
        UNIQUE (cell, hash),
        FOREIGN KEY (cell, prev_hash) REFERENCES journal (cell, hash)
      ) STRICT""";

  // Not for the genesis: it refers to itself, and so does the row after it.
  private static final String ONE_SUCCESSOR =
      "CREATE UNIQUE INDEX journal_successor ON journal (cell, prev_hash) WHERE first > 0";

  private static final String GENESIS =
      """
      INSERT INTO journal (cell, first, last, epoch, node, prev_hash, hash, recorded_at, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  private SqliteSchema() {}

  /** Makes the tables and the cell in an empty file; in another, checks that they are ours. */
  static void create(Connection connection, String cell) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int version = integer(statement, "PRAGMA user_version");
      if (version == 0 && integer(statement, "SELECT count(*) FROM sqlite_schema") == 0) {
        createAll(connection, statement, cell);
      } else if (version != VERSION) {
        throw new CorruptJournalException(
            0, "the file has schema version " + version + ", not " + VERSION, null);
      } else if (!holds(connection, cell)) {
        throw new CorruptJournalException(0, "the file has no cell " + cell, null);
      }
    }
  }

  private static void createAll(Connection connection, Statement statement, String cell)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      statement.execute(CELL);
      statement.execute(JOURNAL);
      statement.execute(ONE_SUCCESSOR);
      insertCell(connection, cell);
      insertGenesis(connection, cell);
      statement.execute("PRAGMA user_version = " + VERSION);
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static void insertCell(Connection connection, String cell) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO cell (cell, epoch) VALUES (?, 0)")) {
      insert.setString(1, cell);
      insert.executeUpdate();
    }
  }

  private static void insertGenesis(Connection connection, String cell) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(GENESIS)) {
      insert.setString(1, cell);
      JournalTable.bind(insert, 2, JournalRow.genesis(cell));
      insert.executeUpdate();
    }
  }

  private static boolean holds(Connection connection, String cell) throws SQLException {
    return new JournalTable(cell).epoch(connection).isPresent();
  }

  private static int integer(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getInt(1);
    }
  }
}
