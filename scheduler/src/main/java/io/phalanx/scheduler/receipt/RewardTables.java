package io.phalanx.scheduler.receipt;

import io.phalanx.scheduler.receipt.RewardRows.InputChunk;
import io.phalanx.scheduler.receipt.RewardRows.MinerRow;
import io.phalanx.scheduler.receipt.RewardRows.Paid;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of what payouts are computed from. */
final class RewardTables {
  private static final String FACTS = "SELECT body FROM reward_facts";
  private static final String PUT_FACTS =
      "INSERT INTO reward_facts (one, body) VALUES (1, ?)"
          + " ON CONFLICT (one) DO UPDATE SET body = excluded.body";
  private static final String MINERS = "SELECT body FROM reward_miner ORDER BY miner";
  private static final String PUT_MINER =
      "INSERT INTO reward_miner (miner, body) VALUES (?, ?)"
          + " ON CONFLICT (miner) DO UPDATE SET body = excluded.body";
  private static final String DROP_MINER = "DELETE FROM reward_miner WHERE miner = ?";
  private static final String INPUTS = "SELECT body FROM input WHERE number = ? AND chunk = ?";
  private static final String PUT_INPUTS =
      "INSERT INTO input (number, chunk, body) VALUES (?, ?, ?)";
  private static final String PAID =
      "SELECT miner, value FROM paid WHERE number = ? ORDER BY miner";
  private static final String PUT_PAID = "INSERT INTO paid (number, miner, value) VALUES (?, ?, ?)";

  /** About what a row costs beside its body. */
  private static final long ROW_BYTES = 100;

  private RewardTables() {}

  static void write(Connection connection, RewardRows rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    putFacts(connection, rows);
    putMiners(connection, rows.miners());
    try (PreparedStatement put = connection.prepareStatement(PUT_INPUTS)) {
      for (InputChunk chunk : rows.inputs()) {
        put.setLong(1, chunk.number());
        put.setInt(2, chunk.chunk());
        put.setBytes(3, chunk.body());
        put.executeUpdate();
      }
    }
    try (PreparedStatement put = connection.prepareStatement(PUT_PAID)) {
      for (Paid paid : rows.paid()) {
        put.setLong(1, paid.number());
        put.setString(2, paid.minerId());
        put.setString(3, paid.valueAfter());
        put.executeUpdate();
      }
    }
  }

  private static void putFacts(Connection connection, RewardRows rows) throws SQLException {
    String facts = rows.facts();
    if (facts == null) {
      return;
    }
    try (PreparedStatement put = connection.prepareStatement(PUT_FACTS)) {
      put.setString(1, facts);
      put.executeUpdate();
    }
  }

  private static void putMiners(Connection connection, List<MinerRow> miners) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT_MINER);
        PreparedStatement drop = connection.prepareStatement(DROP_MINER)) {
      for (MinerRow miner : miners) {
        String body = miner.body();
        PreparedStatement change = body == null ? drop : put;
        change.setString(1, miner.minerId());
        if (body != null) {
          change.setString(2, body);
        }
        change.executeUpdate();
      }
    }
  }

  static Optional<String> facts(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FACTS);
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  static List<String> miners(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(MINERS);
        ResultSet rows = select.executeQuery()) {
      List<String> miners = new ArrayList<>();
      while (rows.next()) {
        miners.add(rows.getString(1));
      }
      return miners;
    }
  }

  static Optional<byte[]> inputs(Connection connection, long number, int chunk)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(INPUTS)) {
      select.setLong(1, number);
      select.setInt(2, chunk);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
      }
    }
  }

  static Map<String, String> paid(Connection connection, long number) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(PAID)) {
      select.setLong(1, number);
      try (ResultSet rows = select.executeQuery()) {
        Map<String, String> paid = new LinkedHashMap<>();
        while (rows.next()) {
          paid.put(rows.getString(1), rows.getString(2));
        }
        return paid;
      }
    }
  }

  /** About how much it writes. */
  static long bytes(RewardRows rows) {
    long inputs = rows.inputs().stream().mapToLong(chunk -> chunk.body().length).sum();
    long miners = rows.miners().stream().map(MinerRow::body).mapToLong(RewardTables::length).sum();
    return inputs + miners + ROW_BYTES * (rows.miners().size() + rows.paid().size());
  }

  private static long length(@org.jspecify.annotations.Nullable String body) {
    return body == null ? 0 : body.length();
  }
}
