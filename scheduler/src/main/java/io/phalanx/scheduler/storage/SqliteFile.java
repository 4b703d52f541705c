package io.phalanx.scheduler.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.sqlite.SQLiteConfig;

/**
 * One database file in WAL mode with {@code synchronous=FULL} and foreign keys on. Both are read
 * back on every connection: a pragma that SQLite does not take is silently ignored.
 */
public record SqliteFile(Path path) {
  private static final int BUSY_TIMEOUT_MS = 2_000;
  private static final int WAL_SIZE_LIMIT_BYTES = 64 << 20;
  private static final String FULL = "2";

  /**
   * Opens it for writing, creating it if it is absent. Nothing is checkpointed by its commits: that
   * is for {@link Checkpointer}.
   */
  public Connection openWriter() throws SQLException {
    SQLiteConfig config = common();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, "" + WAL_SIZE_LIMIT_BYTES);
    Connection connection = open(config);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      check(connection, Map.of("journal_mode", "wal", "synchronous", FULL, "foreign_keys", "1"));
      return connection;
    } catch (SQLException e) {
      throw closing(connection, e);
    }
  }

  /** Opens it for reading; the writer must be open. */
  public Connection openReader() throws SQLException {
    SQLiteConfig config = common();
    config.setReadOnly(true);
    Connection connection = open(config);
    try {
      check(connection, Map.of("journal_mode", "wal", "foreign_keys", "1"));
      return connection;
    } catch (SQLException e) {
      throw closing(connection, e);
    }
  }

  /** Where the commits are until they are checkpointed. */
  public Path wal() {
    return path.resolveSibling(path.getFileName() + "-wal");
  }

  private static SQLiteConfig common() {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    config.setGetGeneratedKeys(false); // else every insert is followed by a query for its rowid
    return config;
  }

  private Connection open(SQLiteConfig config) throws SQLException {
    return config.createConnection("jdbc:sqlite:" + path.toAbsolutePath());
  }

  private void check(Connection connection, Map<String, String> expected) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Map.Entry<String, String> pragma : expected.entrySet()) {
        try (ResultSet result = statement.executeQuery("PRAGMA " + pragma.getKey())) {
          String actual = result.next() ? result.getString(1) : "nothing";
          if (!actual.equalsIgnoreCase(pragma.getValue())) {
            throw new SQLException(
                "%s: %s is %s, must be %s"
                    .formatted(path, pragma.getKey(), actual, pragma.getValue()));
          }
        }
      }
    }
  }

  private static SQLException closing(Connection connection, SQLException fault) {
    try {
      connection.close();
    } catch (SQLException e) {
      fault.addSuppressed(e);
    }
    return fault;
  }
}
