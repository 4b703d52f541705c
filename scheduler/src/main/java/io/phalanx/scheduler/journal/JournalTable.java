package io.phalanx.scheduler.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reading the journal's table, in SQL that every database understands. */
final class JournalTable {
  /** A fetch ends with the row that makes it this long, so that no reader holds more. */
  static final int FETCH_BYTES = 4 << 20;

  /** Most rows in a fetch. */
  static final int FETCH_ROWS = 1_000;

  private static final String ROW =
      "SELECT first, last, epoch, node, prev_hash, hash, recorded_at, body FROM journal WHERE cell = ?";

  private static final String HEAD =
      "SELECT last, hash, epoch FROM journal WHERE cell = ? ORDER BY first DESC LIMIT 1";

  private static final String PAGE = ROW + " AND first >= ? ORDER BY first LIMIT " + FETCH_ROWS;

  /**
   * A page whose rows are counted by the server: for a driver that takes in a whole result before
   * it hands out the first row.
   */
  static final String BOUNDED_PAGE =
      """
      SELECT first, last, epoch, node, prev_hash, hash, recorded_at, body
      FROM (
        SELECT *, sum(octet_length(body)) OVER (ORDER BY first) - octet_length(body) AS before
        FROM (SELECT * FROM journal WHERE cell = ? AND first >= ? ORDER BY first LIMIT %d) AS page
      ) AS counted
      WHERE before < %d ORDER BY first"""
          .formatted(FETCH_ROWS, FETCH_BYTES);

  private final String cell;
  private final String page;

  JournalTable(String cell) {
    this(cell, PAGE);
  }

  /**
   * A table that is read in pages of its own.
   *
   * @param page takes the cell and a position
   */
  JournalTable(String cell, String page) {
    this.cell = cell;
    this.page = page;
  }

  /** Rows in order, from the first that begins at or after this position. */
  List<JournalRow> from(Connection connection, long position) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(page)) {
      select.setString(1, cell);
      select.setLong(2, position);
      select.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = select.executeQuery()) {
        return fetch(rows, position);
      }
    }
  }

  /** The last row that begins at or before this position. */
  Optional<JournalRow> atOrBefore(Connection connection, long position) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(ROW + " AND first <= ? ORDER BY first DESC LIMIT 1")) {
      select.setString(1, cell);
      select.setLong(2, position);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(row(rows, position)) : Optional.empty();
      }
    }
  }

  /** The row with this hash. */
  boolean contains(Connection connection, Hash hash) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM journal WHERE cell = ? AND hash = ?")) {
      select.setString(1, cell);
      select.setBytes(2, hash.toBytes());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** The newest epoch that was claimed, if there is such a cell. */
  OptionalLong epoch(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT epoch FROM cell WHERE cell = ?")) {
      select.setString(1, cell);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  /** The newest row's head. */
  Optional<JournalHead> head(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(HEAD)) {
      select.setString(1, cell);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(new JournalHead(rows.getLong(1), hash(rows.getBytes(2)), rows.getLong(3)))
            : Optional.empty();
      }
    }
  }

  /** Sets the eight columns beside the cell, in the order of the table, from a parameter on. */
  static void bind(PreparedStatement statement, int parameter, JournalRow row) throws SQLException {
    statement.setLong(parameter, row.first());
    statement.setLong(parameter + 1, row.last());
    statement.setLong(parameter + 2, row.epoch());
    statement.setString(parameter + 3, row.node());
    statement.setBytes(parameter + 4, row.prevHash().toBytes());
    statement.setBytes(parameter + 5, row.hash().toBytes());
    statement.setLong(parameter + 6, row.recordedAtMs());
    statement.setBytes(parameter + 7, row.body());
  }

  private static List<JournalRow> fetch(ResultSet rows, long position) throws SQLException {
    List<JournalRow> fetched = new ArrayList<>();
    long bytes = 0;
    while (bytes < FETCH_BYTES && rows.next()) {
      try {
        JournalRow row = row(rows, position);
        fetched.add(row);
        bytes += row.body().length;
      } catch (CorruptJournalException e) {
        if (fetched.isEmpty()) {
          throw e;
        }
        return fetched; // the fault may be in one of these: what comes first is named first
      }
    }
    return fetched;
  }

  /**
   * The row as it stands in the database, which may have been damaged.
   *
   * @param expected position that a fault names
   */
  private static JournalRow row(ResultSet rows, long expected) throws SQLException {
    try {
      return new JournalRow(
          rows.getLong(1),
          rows.getLong(2),
          rows.getLong(3),
          orEmpty(rows.getString(4)),
          hash(rows.getBytes(5)),
          hash(rows.getBytes(6)),
          rows.getLong(7),
          orEmpty(rows.getBytes(8)));
    } catch (IllegalArgumentException e) {
      throw new CorruptJournalException(expected, String.valueOf(e.getMessage()), e);
    }
  }

  private static Hash hash(byte @Nullable [] bytes) {
    return Hash.of(orEmpty(bytes));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static byte[] orEmpty(byte @Nullable [] bytes) {
    return bytes == null ? new byte[0] : bytes;
  }
}
