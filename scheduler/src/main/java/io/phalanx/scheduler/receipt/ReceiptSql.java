package io.phalanx.scheduler.receipt;

import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.merkle.Tile;
import io.phalanx.scheduler.receipt.ReceiptQuery.Field;
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
import java.util.Locale;

/** The statements of the log of receipts. */
final class ReceiptSql {
  private static final String COLUMNS =
      "leaf, position, at, developer, operator, deployment, assignment, miner, body";

  static final String FOLLOWED = "SELECT position FROM followed";
  static final String FOLLOW = "UPDATE followed SET position = ? WHERE position <= ?";
  static final String SIZE = "SELECT coalesce(max(leaf) + 1, 0) FROM receipt";
  static final String INSERT =
      "INSERT INTO receipt (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
  static final String AT = "SELECT " + COLUMNS + " FROM receipt WHERE position = ?";
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

  private static final int VERSION = 2;

  /** Before payout inputs were kept; what it has is built again from the journal. */
  private static final int WITHOUT_REWARDS = 1;

  private static final String[] TABLES = {
    """
    CREATE TABLE receipt (
      leaf INTEGER PRIMARY KEY,
      position INTEGER NOT NULL UNIQUE,
      at INTEGER NOT NULL,
      developer TEXT NOT NULL,
      operator TEXT NOT NULL,
      deployment TEXT NOT NULL,
      assignment TEXT NOT NULL,
      miner TEXT NOT NULL,
      body BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX receipt_by_developer ON receipt (developer, leaf)",
    "CREATE INDEX receipt_by_operator ON receipt (operator, leaf)",
    "CREATE INDEX receipt_by_deployment ON receipt (deployment, leaf)",
    "CREATE INDEX receipt_by_assignment ON receipt (assignment, leaf)",
    "CREATE INDEX receipt_by_miner ON receipt (miner, leaf)",
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
    "CREATE TABLE followed (position INTEGER NOT NULL) STRICT",
    "INSERT INTO followed (position) VALUES (0)",
    "PRAGMA user_version = " + VERSION
  };

  private ReceiptSql() {}

  /** Makes the tables in an empty file; in another, checks that they are ours. */
  static void createTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int version = version(statement);
      if (version == VERSION) {
        return;
      }
      connection.setAutoCommit(false);
      if (version == WITHOUT_REWARDS) {
        for (String table : List.of("receipt", "tile", "seal", "followed")) {
          statement.execute("DROP TABLE " + table);
        }
      } else if (version != 0) {
        throw new SQLException("schema version " + version + " is not " + VERSION);
      }
      for (String table : TABLES) {
        statement.execute(table);
      }
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  static String page(ReceiptQuery query) {
    StringBuilder sql = new StringBuilder("SELECT ").append(COLUMNS).append(" FROM receipt");
    String word = " WHERE ";
    for (Field field : Field.values()) {
      List<String> values = query.owners().get(field);
      if (values != null) {
        String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
        sql.append(word).append(column(field)).append(" IN (").append(marks).append(')');
        word = " AND ";
      }
    }
    if (query.afterLeaf() != ReceiptQuery.BEGINNING) {
      sql.append(word).append("leaf ").append(query.newestFirst() ? '<' : '>').append(" ?");
    }
    String direction = query.newestFirst() ? "DESC" : "ASC";
    return sql.append(" ORDER BY leaf ").append(direction).append(" LIMIT ?").toString();
  }

  static void bind(PreparedStatement select, ReceiptQuery query) throws SQLException {
    int parameter = 1;
    for (Field field : Field.values()) {
      for (String value : query.owners().getOrDefault(field, List.of())) {
        select.setString(parameter++, value);
      }
    }
    if (query.afterLeaf() != ReceiptQuery.BEGINNING) {
      select.setLong(parameter++, query.afterLeaf());
    }
    select.setInt(parameter, query.limit());
  }

  static void bind(PreparedStatement insert, StoredReceipt receipt) throws SQLException {
    insert.setLong(1, receipt.leafIndex());
    insert.setLong(2, receipt.position());
    insert.setLong(3, receipt.atMs());
    insert.setString(4, receipt.owners().developer());
    insert.setString(5, receipt.owners().operator());
    insert.setString(6, receipt.owners().deployment());
    insert.setString(7, receipt.owners().assignment());
    insert.setString(8, receipt.owners().miner());
    insert.setBytes(9, receipt.body());
  }

  static StoredReceipt receipt(ResultSet row) throws SQLException {
    Owners owners =
        new Owners(
            row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getString(7),
            row.getString(8));
    return new StoredReceipt(
        row.getLong(1), row.getLong(2), row.getLong(3), owners, row.getBytes(9));
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

  private static String column(Field field) {
    return field.name().toLowerCase(Locale.ROOT);
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      result.next();
      return result.getInt(1);
    }
  }
}
