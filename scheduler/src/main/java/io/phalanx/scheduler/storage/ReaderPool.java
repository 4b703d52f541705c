package io.phalanx.scheduler.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** At most so many connections for reading, each used by one thread at a time. */
public final class ReaderPool implements AutoCloseable {
  /**
   * What is done with a connection.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Use<T> {
    T with(Connection connection) throws SQLException;
  }

  /** Makes a connection. */
  @FunctionalInterface
  public interface Opener {
    Connection open() throws SQLException;
  }

  private final Opener opener;
  private final int most;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private int lent;
  private boolean closed;

  /**
   * An empty pool; connections are opened when they are needed.
   *
   * @param most connections at any time; who comes then waits
   */
  public ReaderPool(SqliteFile file, int most) {
    this(file::openReader, most);
  }

  /**
   * An empty pool; connections are opened when they are needed.
   *
   * @param most connections at any time; who comes then waits
   */
  public ReaderPool(Opener opener, int most) {
    this.opener = opener;
    this.most = most;
  }

  /** Lends a connection; one that has failed is not lent again. */
  public <T> T read(Use<T> use) throws SQLException {
    Connection connection = take();
    boolean done = false;
    try {
      T result = use.with(connection);
      done = true;
      return result;
    } finally {
      giveBack(connection, done);
    }
  }

  /**
   * Lends a connection, and once more a new one if that fails: for a server that may have been
   * restarted since.
   */
  public <T> T readAgain(Use<T> use) throws SQLException {
    try {
      return read(use);
    } catch (SQLException e) {
      return read(use);
    }
  }

  /** Waits for what is lent. */
  @Override
  public synchronized void close() throws SQLException {
    closed = true;
    notifyAll();
    awaitUninterruptibly(() -> lent == 0);
    while (!idle.isEmpty()) {
      idle.pop().close();
    }
  }

  private synchronized Connection take() throws SQLException {
    awaitUninterruptibly(() -> closed || lent < most);
    if (closed) {
      throw new SQLException("the store is closed");
    }
    Connection connection = idle.isEmpty() ? opener.open() : idle.pop();
    lent++;
    return connection;
  }

  private synchronized void giveBack(Connection connection, boolean whole) throws SQLException {
    lent--;
    notifyAll();
    if (whole && !closed) {
      idle.push(connection);
      return;
    }
    connection.close();
    while (!whole && !idle.isEmpty()) {
      idle.pop().close(); // what broke one may have broken all
    }
  }

  private void awaitUninterruptibly(java.util.function.BooleanSupplier condition) {
    boolean interrupted = false;
    while (!condition.getAsBoolean()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
