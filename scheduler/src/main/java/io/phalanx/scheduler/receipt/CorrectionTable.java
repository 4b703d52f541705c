package io.phalanx.scheduler.receipt;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Charges that were taken back, and where in the log an instant is. */
final class CorrectionTable {
  private CorrectionTable() {}

  static void write(Connection connection, List<StoredCorrection> corrections) throws SQLException {
    if (corrections.isEmpty()) {
      return;
    }
    try (PreparedStatement put = connection.prepareStatement(ReceiptSql.PUT_CORRECTION)) {
      for (StoredCorrection correction : corrections) {
        put.setLong(1, correction.position());
        put.setLong(2, correction.atMs());
        put.setString(3, correction.developer());
        put.setString(4, correction.operator());
        put.setString(5, correction.miner());
        put.setString(6, correction.body());
        put.executeUpdate();
      }
    }
  }

  static List<StoredCorrection> between(Connection connection, long fromMs, long toMs)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ReceiptSql.CORRECTIONS)) {
      select.setLong(1, fromMs);
      select.setLong(2, toMs);
      try (ResultSet rows = select.executeQuery()) {
        List<StoredCorrection> corrections = new ArrayList<>();
        while (rows.next()) {
          corrections.add(
              new StoredCorrection(
                  rows.getLong(1),
                  rows.getLong(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getString(5),
                  rows.getString(6)));
        }
        return corrections;
      }
    }
  }

  /** Leaves are in the order of their times, so halving finds it. */
  static long leafAt(Connection connection, long atMs) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet size = select.executeQuery(ReceiptSql.SIZE);
        PreparedStatement time = connection.prepareStatement(ReceiptSql.LEAF_TIME)) {
      long low = 0;
      long high = size.next() ? size.getLong(1) : 0;
      while (low < high) {
        long middle = (low + high) >>> 1;
        time.setLong(1, middle);
        try (ResultSet row = time.executeQuery()) {
          if (row.next() && row.getLong(1) < atMs) {
            low = middle + 1;
          } else {
            high = middle;
          }
        }
      }
      return low;
    }
  }
}
