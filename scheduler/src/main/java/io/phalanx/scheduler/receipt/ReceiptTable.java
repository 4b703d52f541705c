package io.phalanx.scheduler.receipt;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The receipts in the file, in the order of their leaves. */
final class ReceiptTable {
  private ReceiptTable() {}

  /** Appends them, right behind those that are there. */
  static void write(Connection writer, WorkTable works, List<StoredReceipt> receipts)
      throws SQLException {
    if (receipts.isEmpty()) {
      return;
    }
    long next = size(writer);
    if (receipts.get(0).leafIndex() != next) {
      throw new ReceiptsFailedException(
          "leaf " + receipts.get(0).leafIndex() + " does not follow " + next + " leaves", null);
    }
    try (PreparedStatement insert = writer.prepareStatement(ReceiptSql.INSERT)) {
      for (StoredReceipt receipt : receipts) {
        insert.setLong(1, receipt.leafIndex());
        insert.setLong(2, receipt.position());
        insert.setLong(3, receipt.atMs());
        insert.setLong(4, works.id(writer, receipt.owners()));
        insert.setBytes(5, receipt.body());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static Optional<StoredReceipt> at(Connection connection, long position) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ReceiptSql.AT)) {
      select.setLong(1, position);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(ReceiptSql.receipt(row)) : Optional.empty();
      }
    }
  }

  /** Everybody's. */
  static List<StoredReceipt> page(Connection connection, ReceiptQuery query) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ReceiptSql.page(query))) {
      return receipts(select);
    }
  }

  /** Those of the owners that are asked for. */
  static List<StoredReceipt> page(Connection connection, ReceiptQuery query, Postings postings)
      throws SQLException {
    List<Long> leaves = leaves(connection, query, postings);
    if (leaves.isEmpty()) {
      return List.of();
    }
    String sql = ReceiptSql.page(query, leaves);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < leaves.size(); i++) {
        select.setLong(i + 1, leaves.get(i));
      }
      return receipts(select);
    }
  }

  private static List<Long> leaves(Connection connection, ReceiptQuery query, Postings postings)
      throws SQLException {
    List<Long> found = new ArrayList<>();
    long from = query.firstLeaf();
    int step = query.newestFirst() ? -1 : 1;
    Optional<Long> segment =
        from < 0 ? Optional.empty() : postings.next(connection, query, Segment.of(from));
    while (segment.isPresent() && found.size() < query.limit()) {
      BitSet hits = postings.hits(connection, segment.get(), query);
      add(found, hits, segment.get(), query);
      long further = segment.get() + step;
      segment = further < 0 ? Optional.empty() : postings.next(connection, query, further);
    }
    return found;
  }

  private static void add(List<Long> found, BitSet hits, long segment, ReceiptQuery query) {
    long from = query.firstLeaf();
    boolean down = query.newestFirst();
    int start = down ? Segment.SIZE - 1 : 0;
    if (segment == Segment.of(from)) {
      start = Segment.offset(from);
    }
    int at = down ? hits.previousSetBit(start) : hits.nextSetBit(start);
    while (at >= 0 && found.size() < query.limit()) {
      found.add(Segment.firstLeaf(segment) + at);
      at = down ? hits.previousSetBit(at - 1) : hits.nextSetBit(at + 1);
    }
  }

  private static List<StoredReceipt> receipts(PreparedStatement select) throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      List<StoredReceipt> receipts = new ArrayList<>();
      while (rows.next()) {
        receipts.add(ReceiptSql.receipt(rows));
      }
      return receipts;
    }
  }

  private static long size(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet size = select.executeQuery(ReceiptSql.SIZE)) {
      return size.next() ? size.getLong(1) : 0;
    }
  }
}
