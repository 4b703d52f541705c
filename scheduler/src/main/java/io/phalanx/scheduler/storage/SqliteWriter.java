package io.phalanx.scheduler.storage;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What writes one database file that can be built again: one transaction at a time, and the
 * checkpoints between them.
 *
 * <p>After any fault of the disk all of it is closed, and opened anew by the next write: a
 * connection or a checkpoint that has failed once would fail for ever, also when there is room
 * again.
 */
public final class SqliteWriter implements AutoCloseable {
  /** What is done with the connection. */
  @FunctionalInterface
  public interface Work {
    void with(Connection connection) throws SQLException;
  }

  private final SqliteFile file;
  private @Nullable Opened opened;
  private boolean closed;

  private record Opened(Connection connection, Checkpointer checkpointer, Resources resources) {}

  private SqliteWriter(SqliteFile file) {
    this.file = file;
  }

  /**
   * Opens the file, creating it if it is absent.
   *
   * @param first done before anything is written, outside of a transaction
   */
  public static SqliteWriter open(SqliteFile file, Work first) throws SQLException {
    SqliteWriter writer = new SqliteWriter(file);
    Opened now = writer.opened();
    try {
      first.with(now.connection());
      return writer;
    } catch (SQLException | RuntimeException e) {
      now.resources().closeAfter(e);
      throw e;
    }
  }

  /**
   * Does all of it or nothing; it is durable when this returns.
   *
   * @param bytes about how many are written
   * @throws SQLException if it was not done, or if that is not known
   */
  public synchronized void write(long bytes, Work work) throws SQLException {
    Opened now = opened();
    try {
      inTransaction(now.connection(), work);
    } catch (SQLException e) {
      abandon(now, e);
      throw e;
    }
    try {
      now.checkpointer().committed(bytes);
    } catch (SQLException e) {
      abandon(now, e); // what was written is durable all the same
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    closed = true;
    Opened now = opened;
    opened = null;
    if (now == null) {
      return;
    }
    try {
      now.resources().close();
    } catch (SQLException e) {
      throw e;
    } catch (Exception e) {
      throw new SQLException(file.path() + " did not close well", e);
    }
  }

  private static void inTransaction(Connection connection, Work work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      work.with(connection);
    } catch (RuntimeException e) {
      connection.rollback();
      connection.setAutoCommit(true);
      throw e;
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private synchronized Opened opened() throws SQLException {
    if (closed) {
      throw new SQLException(file.path() + " is closed");
    }
    Opened known = opened;
    if (known != null) {
      return known;
    }
    Resources resources = new Resources();
    try {
      Connection connection = resources.add(file.openWriter());
      Opened made =
          new Opened(connection, resources.add(new Checkpointer(file, connection)), resources);
      opened = made;
      return made;
    } catch (SQLException e) {
      resources.closeAfter(e);
      throw e;
    }
  }

  /** Also ends its transaction, if one is open. */
  private void abandon(Opened broken, SQLException fault) {
    opened = null;
    broken.resources().closeAfter(fault);
  }
}
