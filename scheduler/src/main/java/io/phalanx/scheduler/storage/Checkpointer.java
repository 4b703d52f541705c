package io.phalanx.scheduler.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Copies the write-ahead log into the database, off the path of the commits.
 *
 * <p>A thread of its own copies nearly everything while commits go on; but what is committed
 * meanwhile keeps the log from starting over, so without a pause it would grow for ever. So the
 * writer copies the few pages that are left between two commits, and the log starts over. Should
 * the thread not keep up, the writer copies all of it.
 */
public final class Checkpointer implements AutoCloseable {
  /** Log pages at which copying begins. */
  public static final int PAGES = 4_000;

  /** What a reader was in the way of is tried again after this part of the usual pages. */
  private static final int SOONER_WHEN_BUSY = 4;

  private static final int PAGE_BYTES = 4_096;
  private static final int PAGES_BESIDE_BODY = 6; // one each of table, four indexes, their parents

  private final Connection writer;
  private final Connection own;
  private final Thread thread;
  private final AtomicBoolean copied = new AtomicBoolean();
  private final AtomicReference<@Nullable SQLException> failed = new AtomicReference<>();
  private final int due;
  private long pages; // of the log, roughly
  private long next; // at so many it is copied
  private boolean asked;
  private boolean wanted;
  private boolean closed;

  /** Starts the thread. */
  public Checkpointer(SqliteFile file, Connection writer) throws SQLException {
    this(file, writer, PAGES);
  }

  /**
   * Starts the thread.
   *
   * @param due log pages at which copying begins; at four times as many the writer does it all
   */
  public Checkpointer(SqliteFile file, Connection writer, int due) throws SQLException {
    this.due = due;
    this.next = due;
    this.writer = writer;
    this.own = file.openWriter();
    this.thread = new Thread(this::run, "checkpoint-" + file.path().getFileName());
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /**
   * To be called by the writer after each commit.
   *
   * @param bytes about how many were written
   * @throws SQLException if a checkpoint has failed, here or on the thread
   */
  public void committed(long bytes) throws SQLException {
    SQLException fault = failed.get();
    if (fault != null) {
      throw fault;
    }
    pages += PAGES_BESIDE_BODY + bytes / PAGE_BYTES;
    if (copied.compareAndSet(true, false) || pages >= next + 3L * due) {
      pages = checkpoint(writer);
      next = pages == 0 ? due : pages + Math.max(1, due / SOONER_WHEN_BUSY);
      asked = false;
    } else if (pages >= next && !asked) {
      asked = true;
      wake();
    }
  }

  @Override
  public void close() throws SQLException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    own.close();
  }

  private synchronized void wake() {
    wanted = true;
    notifyAll();
  }

  private void run() {
    try {
      while (awaitWork()) {
        checkpoint(own); // what it leaves is for the writer
        copied.set(true);
      }
    } catch (SQLException e) {
      failed.set(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean awaitWork() throws InterruptedException {
    while (!wanted && !closed) {
      wait();
    }
    wanted = false;
    return !closed;
  }

  /**
   * Copies what no reader is in the way of.
   *
   * @return pages that the log has still: 0 if it starts over with the next commit
   */
  private static long checkpoint(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet done = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
      done.next();
      long inLog = done.getLong("log");
      return done.getLong("checkpointed") < inLog ? inLog : 0;
    }
  }
}
