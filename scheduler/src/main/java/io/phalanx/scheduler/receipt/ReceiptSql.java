package io.phalanx.scheduler.receipt;

import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.merkle.Tile;
import io.phalanx.scheduler.receipt.StoredReceipt.Owners;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The statements of the log of receipts. */
final class ReceiptSql {
  private static final String SELECT =
      "SELECT leaf, position, at, developer, operator, deployment, assignment, miner, body"
          + " FROM receipt CROSS JOIN work ON work.id = receipt.work";

  static final String FOLLOWED = "SELECT position FROM followed";
  static final String FOLLOW = "UPDATE followed SET position = ? WHERE position <= ?";
  static final String SEALED = "UPDATE followed SET sealed = ?";
  static final String SIZE = "SELECT coalesce(max(leaf) + 1, 0) FROM receipt";
  static final String INSERT =
      "INSERT INTO receipt (leaf, position, at, work, body) VALUES (?, ?, ?, ?, ?)";
  static final String AT = SELECT + " WHERE position = ?";
  static final String WORKS_FROM = "SELECT work FROM receipt WHERE leaf >= ? ORDER BY leaf";
  static final String WORK =
      "SELECT developer, operator, deployment, assignment, miner FROM work WHERE id = ?";
  static final String TILE = "SELECT hashes FROM tile WHERE level = ? AND number = ?";
  static final String PUT_TILE =
      "INSERT INTO tile (level, number, hashes) VALUES (?, ?, ?)"
          + " ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes";
  static final String LEAF_TIME = "SELECT at FROM receipt WHERE leaf = ?";
  static final String PUT_CORRECTION =
      "INSERT INTO correction (position, at, developer, operator, miner, body)"
          + " VALUES (?, ?, ?, ?, ?, ?)";
  static final String CORRECTIONS =
      "SELECT position, at, developer, operator, miner, body FROM correction"
          + " WHERE at >= ? AND at < ? ORDER BY position";
  static final String SEAL = "SELECT body FROM seal WHERE number = ?";
  static final String SEAL_BEFORE =
      "SELECT body FROM seal WHERE number < ? ORDER BY number DESC LIMIT 1";
  static final String PUT_SEAL = "INSERT INTO seal (number, body) VALUES (?, ?)";

  private static final int VERSION = 3;

  /** All tables that any version had. */
  private static final List<String> NAMES =
      List.of(
          "receipt",
          "work",
          "posting",
          "tile",
          "seal",
          "correction",
          "reward_facts",
          "reward_miner",
          "input",
          "paid",
          "followed");

  private static final String[] TABLES = {
    """
    CREATE TABLE receipt (
      leaf INTEGER PRIMARY KEY,
      position INTEGER NOT NULL UNIQUE,
      at INTEGER NOT NULL,
      work INTEGER NOT NULL,
      body BLOB NOT NULL
    ) STRICT""",
    """
    CREATE TABLE work (
      id INTEGER PRIMARY KEY,
      developer TEXT NOT NULL,
      operator TEXT NOT NULL,
      deployment TEXT NOT NULL,
      assignment TEXT NOT NULL,
      miner TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX work_by_assignment ON work (assignment)",
    """
    CREATE TABLE posting (
      field INTEGER NOT NULL,
      owner TEXT NOT NULL,
      segment INTEGER NOT NULL,
      leaves BLOB NOT NULL,
      PRIMARY KEY (field, owner, segment)
    ) STRICT, WITHOUT ROWID""",
    """
    CREATE TABLE tile (
      level INTEGER NOT NULL,
      number INTEGER NOT NULL,
      hashes BLOB NOT NULL,
      PRIMARY KEY (level, number)
    ) STRICT""",
    "CREATE TABLE seal (number INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT",
    """
    CREATE TABLE correction (
      position INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      developer TEXT NOT NULL,
      operator TEXT NOT NULL,
      miner TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX correction_by_time ON correction (at)",
    "CREATE TABLE reward_facts (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL) STRICT",
    "CREATE TABLE reward_miner (miner TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE input (
      number INTEGER NOT NULL,
      chunk INTEGER NOT NULL,
      body BLOB NOT NULL,
      PRIMARY KEY (number, chunk)
    ) STRICT""",
    """
    CREATE TABLE paid (
      number INTEGER NOT NULL,
      miner TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (number, miner)
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE followed (position INTEGER NOT NULL, sealed INTEGER NOT NULL) STRICT",
    "INSERT INTO followed (position, sealed) VALUES (0, 0)",
    "PRAGMA user_version = " + VERSION
  };

  private ReceiptSql() {}

  /**
   * Makes the tables in an empty file. Those of an older version are dropped: what they have is
   * built again from the journal.
   */
  static void createTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int version = version(statement);
      if (version == VERSION) {
        return;
      }
      if (version > VERSION) {
        throw new SQLException("schema version " + version + " is not " + VERSION);
      }
      connection.setAutoCommit(false);
      for (String name : NAMES) {
        statement.execute("DROP TABLE IF EXISTS " + name);
      }
      for (String table : TABLES) {
        statement.execute(table);
      }
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  /** Everybody's receipts, from behind a leaf on. */
  static String page(ReceiptQuery query) {
    String from =
        query.afterLeaf() == ReceiptQuery.BEGINNING
            ? ""
            : " WHERE leaf " + (query.newestFirst() ? "<" : ">") + " " + query.afterLeaf();
    return SELECT + from + order(query) + " LIMIT " + query.limit();
  }

  /** The receipts of these leaves. */
  static String page(ReceiptQuery query, List<Long> leaves) {
    String marks = String.join(", ", Collections.nCopies(leaves.size(), "?"));
    return SELECT + " WHERE leaf IN (" + marks + ")" + order(query);
  }

  private static String order(ReceiptQuery query) {
    return " ORDER BY leaf " + (query.newestFirst() ? "DESC" : "ASC");
  }

  /** How many segments of postings are in the file. */
  static long sealed(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT sealed FROM followed")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Whom the receipts of that work concern. */
  static Owners owners(PreparedStatement work, long id) throws SQLException {
    work.setLong(1, id);
    try (ResultSet row = work.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("no work " + id);
      }
      return owners(row, 1);
    }
  }

  private static Owners owners(ResultSet row, int first) throws SQLException {
    return new Owners(
        row.getString(first),
        row.getString(first + 1),
        row.getString(first + 2),
        row.getString(first + 3),
        row.getString(first + 4));
  }

  static StoredReceipt receipt(ResultSet row) throws SQLException {
    return new StoredReceipt(
        row.getLong(1), row.getLong(2), row.getLong(3), owners(row, 4), row.getBytes(9));
  }

  static byte[] bytes(Tile tile) {
    ByteBuffer buffer = ByteBuffer.allocate(tile.hashes().size() * Hash.LENGTH);
    tile.hashes().forEach(hash -> buffer.put(hash.toBytes()));
    return buffer.array();
  }

  static List<Hash> hashes(byte[] bytes) {
    List<Hash> hashes = new ArrayList<>(bytes.length / Hash.LENGTH);
    for (int at = 0; at < bytes.length; at += Hash.LENGTH) {
      hashes.add(Hash.of(Arrays.copyOfRange(bytes, at, at + Hash.LENGTH)));
    }
    return hashes;
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      result.next();
      return result.getInt(1);
    }
  }
}
