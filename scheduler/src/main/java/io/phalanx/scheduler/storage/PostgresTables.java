package io.phalanx.scheduler.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Makes the tables of one store in the cell's schema, once, however many nodes start at the same
 * time; later only checks that they are of this version.
 */
public final class PostgresTables {
  private static final int LOCK_CLASS = 0x7068_616c; // "phal": ours among all advisory locks

  private static final String REGISTER =
      "CREATE TABLE IF NOT EXISTS store_version (store text PRIMARY KEY, version integer NOT NULL)";

  private PostgresTables() {}

  /** Fills tables that were just made. */
  @FunctionalInterface
  public interface Filler {
    void fill(Connection connection) throws SQLException;
  }

  /**
   * Makes or checks them.
   *
   * @param store what they are called together
   * @param version of their form
   * @return whether the version is the expected one
   */
  public static boolean create(
      PostgresServer server, String store, int version, List<String> statements, Filler filler)
      throws SQLException {
    try (Connection connection = server.open()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "SELECT pg_advisory_xact_lock(%d, hashtext('%s'))"
                .formatted(LOCK_CLASS, server.schema()));
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + server.schema());
        statement.execute(REGISTER);
        int found = version(connection, store);
        if (found == 0) {
          for (String sql : statements) {
            statement.execute(sql);
          }
          filler.fill(connection);
          register(connection, store, version);
        }
        connection.commit();
        return found == 0 || found == version;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static int version(Connection connection, String store) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT version FROM store_version WHERE store = ?")) {
      select.setString(1, store);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getInt(1) : 0;
      }
    }
  }

  private static void register(Connection connection, String store, int version)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO store_version (store, version) VALUES (?, ?)")) {
      insert.setString(1, store);
      insert.setInt(2, version);
      insert.executeUpdate();
    }
  }
}
