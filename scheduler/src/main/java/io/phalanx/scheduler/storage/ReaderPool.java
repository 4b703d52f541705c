package io.phalanx.scheduler.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** At most so many read-only connections to one file, each used by one thread at a time. */
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

  private final SqliteFile file;
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
    this.file = file;
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
      throw new SQLException(file.path() + " is closed");
    }
    Connection connection = idle.isEmpty() ? file.openReader() : idle.pop();
    lent++;
    return connection;
  }

  private synchronized void giveBack(Connection connection, boolean whole) throws SQLException {
    lent--;
    notifyAll();
    if (whole && !closed) {
      idle.push(connection);
    } else {
      connection.close();
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
