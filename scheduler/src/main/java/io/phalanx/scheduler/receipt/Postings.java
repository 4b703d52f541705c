package io.phalanx.scheduler.receipt;

import io.phalanx.scheduler.receipt.ReceiptQuery.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which leaves concern whom. The newest one or two segments are in memory, and are read again from
 * the receipts after a start; whole ones are in the file. An index of rows would be written at
 * thousands of places for each batch, as every miner has its own.
 */
final class Postings {
  private static final String PUT =
      "INSERT INTO posting (field, owner, segment, leaves) VALUES (?, ?, ?, ?)";
  private static final String GET =
      "SELECT leaves FROM posting WHERE field = ? AND owner = ? AND segment = ?";
  private static final String NEXT =
      "SELECT min(segment) FROM posting WHERE field = ? AND owner = ? AND segment >= ?";
  private static final String PREVIOUS =
      "SELECT max(segment) FROM posting WHERE field = ? AND owner = ? AND segment <= ?";

  private final Deque<Segment> open = new ArrayDeque<>();

  private Postings(long firstOpen) {
    open.add(new Segment(firstOpen));
  }

  /** Goes on from what the file has. */
  static Postings load(Connection connection) throws SQLException {
    Postings postings = new Postings(ReceiptSql.sealed(connection));
    Map<Long, StoredReceipt.Owners> works = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(ReceiptSql.WORKS_FROM);
        PreparedStatement work = connection.prepareStatement(ReceiptSql.WORK)) {
      select.setLong(1, Segment.firstLeaf(postings.firstOpen()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          long id = rows.getLong(1);
          StoredReceipt.Owners owners = works.get(id);
          if (owners == null) {
            owners = ReceiptSql.owners(work, id);
            works.put(id, owners);
          }
          postings.append(owners);
        }
      }
    }
    return postings;
  }

  /** How many rows {@link #seal} is going to write. */
  synchronized int unsealed() {
    return open.stream().filter(Segment::isWhole).mapToInt(Segment::owners).sum();
  }

  /** Writes down what is whole, in the transaction that is under way. */
  synchronized void seal(Connection writer) throws SQLException {
    if (!open.getFirst().isWhole()) {
      return;
    }
    try (PreparedStatement put = writer.prepareStatement(PUT);
        PreparedStatement update = writer.prepareStatement(ReceiptSql.SEALED)) {
      for (Segment segment : open) {
        if (segment.isWhole()) {
          segment.drainTo((field, owner, offsets) -> put(put, segment, field, owner, offsets));
        }
      }
      update.setLong(1, sealed());
      update.executeUpdate();
    }
  }

  private static void put(
      PreparedStatement put, Segment segment, Field field, String owner, byte[] offsets)
      throws SQLException {
    put.setInt(1, field.code());
    put.setString(2, owner);
    put.setLong(3, segment.number());
    put.setBytes(4, offsets);
    put.executeUpdate();
  }

  /** How many segments are in the file once what {@link #seal} wrote is committed. */
  private synchronized long sealed() {
    return open.getLast().isWhole() ? open.getLast().number() + 1 : open.getLast().number();
  }

  /** What was sealed is committed, and with it these receipts. */
  synchronized void committed(List<StoredReceipt> receipts) {
    long first = sealed();
    open.removeIf(Segment::isWhole);
    if (open.isEmpty()) {
      open.add(new Segment(first));
    }
    receipts.forEach(receipt -> append(receipt.owners()));
  }

  private synchronized void append(StoredReceipt.Owners owners) {
    if (open.getLast().isWhole()) {
      open.add(new Segment(open.getLast().number() + 1));
    }
    open.getLast().append(owners);
  }

  /** The first segment that is in memory. */
  synchronized long firstOpen() {
    return open.getFirst().number();
  }

  private synchronized long lastOpen() {
    return open.getLast().number();
  }

  /** The offsets in a segment of what the query's owners have in common. */
  BitSet hits(Connection connection, long segment, ReceiptQuery query) throws SQLException {
    BitSet all = null;
    for (Map.Entry<Field, List<String>> owners : query.owners().entrySet()) {
      BitSet some = hits(connection, segment, owners.getKey(), owners.getValue());
      if (all == null) {
        all = some;
      } else {
        all.and(some);
      }
    }
    return all == null ? new BitSet() : all;
  }

  private BitSet hits(Connection connection, long segment, Field field, List<String> owners)
      throws SQLException {
    BitSet remembered = remembered(segment, field, owners);
    return remembered == null ? stored(connection, segment, field, owners) : remembered;
  }

  private synchronized @Nullable BitSet remembered(long number, Field field, List<String> owners) {
    for (Segment segment : open) {
      if (segment.number() == number) {
        return segment.of(field, owners);
      }
    }
    return null; // it is in the file, since what is in neither is not asked for
  }

  private static BitSet stored(
      Connection connection, long segment, Field field, List<String> owners) throws SQLException {
    BitSet all = new BitSet(Segment.SIZE);
    try (PreparedStatement select = connection.prepareStatement(GET)) {
      for (String owner : owners) {
        select.setInt(1, field.code());
        select.setString(2, owner);
        select.setLong(3, segment);
        try (ResultSet row = select.executeQuery()) {
          if (row.next()) {
            Offsets.addTo(all, row.getBytes(1));
          }
        }
      }
    }
    return all;
  }

  /**
   * The next segment that may have a hit, from this one on in the query's direction; none before it
   * has one.
   */
  Optional<Long> next(Connection connection, ReceiptQuery query, long from) throws SQLException {
    long firstOpen = firstOpen(); // before the file is read: what is sealed meanwhile is in both
    return query.newestFirst()
        ? previous(connection, query, Math.min(from, lastOpen()), firstOpen)
        : following(connection, query, from, firstOpen);
  }

  private static Optional<Long> previous(
      Connection connection, ReceiptQuery query, long from, long firstOpen) throws SQLException {
    if (from >= firstOpen) {
      return Optional.of(from);
    }
    long lowest = from;
    for (Map.Entry<Field, List<String>> owners : query.owners().entrySet()) {
      long highest = -1;
      for (String owner : owners.getValue()) {
        highest =
            Math.max(
                highest, ask(connection, PREVIOUS, owners.getKey(), owner, lowest).orElse(-1L));
      }
      lowest = highest;
    }
    return lowest < 0 ? Optional.empty() : Optional.of(lowest);
  }

  private Optional<Long> following(
      Connection connection, ReceiptQuery query, long from, long firstOpen) throws SQLException {
    long highest = from;
    if (from < firstOpen) {
      for (Map.Entry<Field, List<String>> owners : query.owners().entrySet()) {
        long lowest = firstOpen;
        for (String owner : owners.getValue()) {
          lowest =
              Math.min(
                  lowest, ask(connection, NEXT, owners.getKey(), owner, highest).orElse(firstOpen));
        }
        highest = Math.max(highest, lowest);
      }
    }
    return highest <= lastOpen() ? Optional.of(highest) : Optional.empty();
  }

  private static Optional<Long> ask(
      Connection connection, String sql, Field field, String owner, long segment)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, field.code());
      select.setString(2, owner);
      select.setLong(3, segment);
      try (ResultSet row = select.executeQuery()) {
        long found = row.next() ? row.getLong(1) : 0;
        return row.wasNull() ? Optional.empty() : Optional.of(found);
      }
    }
  }
}
