package io.phalanx.scheduler.storage;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/**
 * A PostgreSQL database that holds cells, each in a schema of its own. Every connection has
 * time-outs on both sides and acknowledges only what is durable; that is read back, since a setting
 * of the URL or of the role could say otherwise.
 *
 * @param url JDBC URL, may hold user and password
 * @param cell whose schema is used
 */
public record PostgresServer(String url, String cell) {
  /** Longest name of a cell: a schema's name has at most 63 bytes. */
  public static final int MAX_CELL_LENGTH = 55;

  private static final String SCHEMA_PREFIX = "phalanx_";
  private static final String NODE_TIMEOUT_S = "8"; // beyond the server's own, which tells more
  private static final String CONNECT_TIMEOUT_S = "2";
  private static final String QUICK_TIMEOUT_S = "2";

  private static final String GUARDS =
      "-c statement_timeout=5000 -c lock_timeout=2000"
          + " -c idle_in_transaction_session_timeout=2000 -c synchronous_commit=on"
          + " -c default_transaction_isolation=read\\ committed";

  // Remote levels wait for a standby as well, so they keep the promise too.
  private static final String DURABLE = "on|remote_apply|remote_write";

  public PostgresServer {
    if (!cell.matches("[a-z0-9-]{1," + MAX_CELL_LENGTH + "}")) {
      throw new IllegalArgumentException(
          "a cell on PostgreSQL has a name of 1 to " + MAX_CELL_LENGTH + " of a-z, 0-9 and -");
    }
  }

  /** Name of the schema; unique, as no cell's name has an underscore. */
  public String schema() {
    return SCHEMA_PREFIX + cell.replace('-', '_');
  }

  /** Opens a connection for reads and writes. */
  public Connection open() throws SQLException {
    return checked(connect(NODE_TIMEOUT_S));
  }

  /** Opens one for statements of a moment, which gives up within two seconds. */
  public Connection openQuick() throws SQLException {
    return checked(connect(QUICK_TIMEOUT_S));
  }

  private Connection connect(String socketTimeoutS) throws SQLException {
    Properties properties = new Properties();
    Map<String, String> settings =
        Map.of(
            "currentSchema",
            schema(),
            "options",
            GUARDS,
            "connectTimeout",
            CONNECT_TIMEOUT_S,
            "loginTimeout",
            socketTimeoutS,
            "socketTimeout",
            socketTimeoutS,
            "cancelSignalTimeout",
            "1",
            "tcpKeepAlive",
            "true",
            "ApplicationName",
            "phalanx-" + cell);
    properties.putAll(settings);
    return DriverManager.getConnection(url, properties);
  }

  private static Connection checked(Connection connection) throws SQLException {
    try {
      check(connection, "fsync", "on");
      check(connection, "synchronous_commit", DURABLE);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static void check(Connection connection, String name, String pattern)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW " + name)) {
      String actual = result.next() ? result.getString(1) : "nothing";
      if (!actual.matches(pattern)) {
        throw new SQLException(
            "the server's %s is %s: what is answered would not be durable".formatted(name, actual),
            "0A000");
      }
    }
  }

  /** Without the URL, which may hold a password. */
  @Override
  public String toString() {
    return "PostgreSQL schema " + schema();
  }
}
