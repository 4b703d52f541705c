package io.phalanx.scheduler.journal;

import io.phalanx.scheduler.journal.FencedException.Reason;
import io.phalanx.scheduler.storage.Checkpointer;
import io.phalanx.scheduler.storage.Folders;
import io.phalanx.scheduler.storage.ReaderPool;
import io.phalanx.scheduler.storage.Resources;
import io.phalanx.scheduler.storage.SqliteFault;
import io.phalanx.scheduler.storage.SqliteFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The embedded journal: one SQLite file and one process.
 *
 * <p>After any error but a refusal it is dead, and every call throws {@link StoreFailedException}
 * until it is closed and opened anew: what a failed write has left behind is only known then.
 */
public final class SqliteJournal implements Journal {
  /** Name of the file in the data folder. */
  public static final String FILE = "journal.db";

  /** Name of the file beside it that one process holds. */
  public static final String LOCK_FILE = "journal.lock";

  private static final int READERS = 4;

  // Lands only behind its predecessor and under the newest epoch, whatever the caller believes.
  private static final String APPEND =
      """
      INSERT INTO journal (cell, first, last, epoch, node, prev_hash, hash, recorded_at, body)
      SELECT cell.cell, ?, ?, ?, ?, ?, ?, ?, ?
      FROM cell JOIN journal AS before ON before.cell = cell.cell
      WHERE cell.cell = ? AND cell.epoch = ? AND before.hash = ? AND before.last = ?""";

  private static final String CLAIM = "UPDATE cell SET epoch = ? WHERE cell = ? AND epoch = ?";

  // By the table itself, where everything else goes by an index: a damaged index can hide the end.
  private static final String NEWEST_IN_TABLE =
      "SELECT first FROM journal WHERE rowid = (SELECT max(rowid) FROM journal)";

  private final String cell;
  private final Resources resources;
  private final Connection writer;
  private final PreparedStatement append;
  private final Checkpointer checkpointer;
  private final ReaderPool readers;
  private final JournalTable table;
  private final ChainReader chain;
  private final Object writing = new Object();
  private volatile @Nullable Exception deadBy;
  private volatile boolean closed;

  private SqliteJournal(Path folder, String cell, int duePages, Resources resources)
      throws IOException, SQLException {
    this.cell = cell;
    this.resources = resources;
    Folders.make(folder);
    resources.add(ProcessLock.take(folder, LOCK_FILE));
    SqliteFile file = new SqliteFile(folder.resolve(FILE));
    writer = resources.add(file.openWriter());
    SqliteSchema.create(writer, cell);
    Folders.sync(folder);
    append = resources.add(writer.prepareStatement(APPEND));
    checkpointer = resources.add(new Checkpointer(file, writer, duePages));
    readers = resources.add(new ReaderPool(file, READERS));
    table = new JournalTable(cell);
    chain = new ChainReader(cell, new Rows());
  }

  /**
   * Opens the journal in a folder, making both if they are absent. Nothing is verified but that the
   * end is there: read it from 0 for the rest.
   *
   * @throws JournalLockedException if it is open elsewhere
   * @throws CorruptJournalException if it is not a journal of this cell
   * @throws StoreFailedException if it cannot be opened
   */
  public static SqliteJournal open(Path folder, String cell) {
    return open(folder, cell, Checkpointer.PAGES);
  }

  /**
   * The same with another length of its log.
   *
   * @param duePages pages of the log at which it is copied into the database
   */
  static SqliteJournal open(Path folder, String cell, int duePages) {
    Resources resources = new Resources();
    try {
      SqliteJournal journal = new SqliteJournal(folder, cell, duePages, resources);
      journal.checkEnd();
      return journal;
    } catch (SQLException e) {
      resources.closeAfter(e);
      throw failure(folder + " cannot be opened", 0, e);
    } catch (IOException e) {
      resources.closeAfter(e);
      throw new StoreFailedException(folder + " cannot be opened", e);
    } catch (RuntimeException e) {
      resources.closeAfter(e);
      throw e;
    }
  }

  @Override
  public String cell() {
    return cell;
  }

  @Override
  public JournalHead head() {
    return query(table::head)
        .orElseThrow(() -> new CorruptJournalException(0, "the genesis is missing", null));
  }

  @Override
  public long epoch() {
    return query(table::epoch)
        .orElseThrow(() -> new CorruptJournalException(0, "the cell is missing", null));
  }

  @Override
  public long claimEpoch(long seen, long next) {
    if (next <= seen) {
      throw new IllegalArgumentException("epoch " + next + " does not follow " + seen);
    }
    synchronized (writing) {
      requireAlive();
      if (claimed(seen, next) == 0) {
        throw new FencedException(
            Reason.EPOCH_IS_STALE, "epoch %d is not the newest any more".formatted(seen));
      }
      return next;
    }
  }

  @Override
  public void append(JournalRow row) {
    if (!row.isSealedFor(cell)) {
      throw new IllegalArgumentException(row + " is not sealed for cell " + cell);
    }
    synchronized (writing) {
      requireAlive();
      if (inserted(row) == 0) {
        settle(row);
      } else {
        checkpointIfDue(row);
      }
    }
  }

  @Override
  public long read(long from, RowReader reader) {
    return chain.read(from, reader);
  }

  @Override
  public Optional<JournalRow> holding(long position) {
    return chain.holding(position);
  }

  @Override
  public JournalHead readAfter(JournalHead seen, RowReader reader) {
    return chain.readAfter(seen, reader);
  }

  @Override
  public void close() {
    synchronized (writing) {
      closed = true;
      try {
        resources.close();
      } catch (Exception e) {
        throw new StoreFailedException("the journal did not close well", e);
      }
    }
  }

  private int claimed(long seen, long next) {
    try (PreparedStatement claim = writer.prepareStatement(CLAIM)) {
      claim.setLong(1, next);
      claim.setString(2, cell);
      claim.setLong(3, seen);
      return claim.executeUpdate();
    } catch (SQLException e) {
      throw died("epoch " + next + " could not be claimed", e);
    }
  }

  /** How many rows were written: one, or none if it was refused. */
  private int inserted(JournalRow row) {
    try {
      JournalTable.bind(append, 1, row);
      append.setString(9, cell);
      append.setLong(10, row.epoch());
      append.setBytes(11, row.prevHash().toBytes());
      append.setLong(12, row.first() - 1);
      return append.executeUpdate();
    } catch (SQLException e) {
      if (SqliteFault.of(e) == SqliteFault.REFUSED) {
        return 0;
      }
      throw died(row + " could not be appended", e);
    }
  }

  /** Returns if the refused row is there already, which is what the caller wants. */
  private void settle(JournalRow row) {
    try {
      if (!table.contains(writer, row.hash())) {
        throw refusal(row);
      }
    } catch (SQLException e) {
      die(e);
      throw new UnknownOutcomeException(row + " was refused, and may be there", e);
    }
  }

  private FencedException refusal(JournalRow row) throws SQLException {
    long epoch = table.epoch(writer).orElse(-1);
    if (epoch != row.epoch()) {
      return new FencedException(
          Reason.EPOCH_IS_STALE, "%s: the newest epoch is %d".formatted(row, epoch));
    }
    return table.contains(writer, row.prevHash())
        ? new FencedException(Reason.POSITION_IS_TAKEN, row + ": another row is there")
        : new FencedException(
            Reason.PREDECESSOR_IS_MISSING, row + ": its predecessor is not there");
  }

  private void checkpointIfDue(JournalRow row) {
    try {
      checkpointer.committed(row.body().length);
    } catch (SQLException e) {
      die(e); // the row is durable all the same; what comes next finds the journal dead
    }
  }

  private void checkEnd() {
    long newest = query(SqliteJournal::newestInTable);
    if (!endsWith(newest)) {
      read(0, row -> {}); // names the first row that does not fit, if one can be found
      throw new CorruptJournalException(newest, "the index does not lead to the last row", null);
    }
  }

  private boolean endsWith(long newest) {
    try {
      JournalHead head = head();
      return query(newest, connection -> table.atOrBefore(connection, newest))
          .filter(row -> row.first() == newest && row.head().equals(head))
          .filter(row -> row.isSealedFor(cell))
          .isPresent();
    } catch (CorruptJournalException e) {
      if (deadBy != null) {
        throw e; // the file itself is damaged, reading it on tells no more
      }
      return false;
    }
  }

  private static long newestInTable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(NEWEST_IN_TABLE)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  private <T> T query(ReaderPool.Use<T> use) {
    return query(0, use);
  }

  private <T> T query(long position, ReaderPool.Use<T> use) {
    requireAlive();
    try {
      return readers.read(use);
    } catch (SQLException e) {
      die(e);
      throw failure("the journal cannot be read", position, e);
    }
  }

  private void requireAlive() {
    Exception cause = deadBy;
    if (closed || cause != null) {
      throw new StoreFailedException(
          closed ? "the journal is closed" : "the journal is dead", cause);
    }
  }

  private JournalException died(String what, SQLException cause) {
    die(cause);
    return SqliteFault.of(cause) == SqliteFault.DISK
        ? new UnknownOutcomeException(what, cause)
        : new StoreFailedException(what, cause);
  }

  private void die(Exception cause) {
    if (deadBy == null && !closed) {
      deadBy = cause;
    }
  }

  private static JournalException failure(String what, long position, SQLException cause) {
    return SqliteFault.of(cause) == SqliteFault.DAMAGED
        ? new CorruptJournalException(position, "the file is damaged: " + cause.getMessage(), cause)
        : new StoreFailedException(what, cause);
  }

  /** Rows by fetches of their own, so that no reader keeps the log from starting over. */
  private final class Rows implements ChainReader.Source {
    @Override
    public JournalHead head() {
      return SqliteJournal.this.head();
    }

    @Override
    public Optional<JournalRow> atOrBefore(long position) {
      return query(position, connection -> table.atOrBefore(connection, position));
    }

    @Override
    public List<JournalRow> from(long position) {
      return query(position, connection -> table.from(connection, position));
    }
  }
}
