package io.phalanx.scheduler.journal;

import io.phalanx.scheduler.journal.FencedException.Reason;
import io.phalanx.scheduler.storage.PostgresFault;
import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.scheduler.storage.ReaderPool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The journal that several nodes share. Each append is one statement that checks the epoch under a
 * lock which a claim has to wait for: once a claim has returned, no older append can land any more.
 *
 * <p>A connection that failed is replaced by the next call.
 */
public final class PostgresJournal implements Journal {
  private static final int READERS = 4;
  private static final int VALID_WITHIN_S = 1;

  // The predecessor is looked up as well, so that a row never lands behind one that was refused.
  private static final String APPEND =
      """
      WITH guard AS (SELECT cell FROM cell WHERE cell = ? AND epoch = ? FOR SHARE)
      INSERT INTO journal (cell, first, last, epoch, node, prev_hash, hash, recorded_at, body)
      SELECT guard.cell, ?, ?, ?, ?, ?, ?, ?, ?
      FROM guard JOIN journal AS before ON before.cell = guard.cell
      WHERE before.hash = ? AND before.last = ?""";

  private static final String CLAIM = "UPDATE cell SET epoch = ? WHERE cell = ? AND epoch = ?";

  private final PostgresServer server;
  private final String cell;
  private final ReaderPool readers;
  private final JournalTable table;
  private final ChainReader chain;
  private final Object writing = new Object();
  private @Nullable Connection writer;
  private @Nullable PreparedStatement append;
  private volatile boolean closed;

  private PostgresJournal(PostgresServer server) {
    this.server = server;
    this.cell = server.cell();
    this.readers = new ReaderPool(server::open, READERS);
    this.table = new JournalTable(cell, JournalTable.BOUNDED_PAGE);
    this.chain = new ChainReader(cell, new Rows());
  }

  /**
   * Opens the journal of a cell, making its tables if they are absent.
   *
   * @throws StoreFailedException if the database cannot be reached or used
   * @throws CorruptJournalException if its tables are of another version
   */
  public static PostgresJournal open(PostgresServer server) {
    try {
      PostgresSchema.create(server);
    } catch (SQLException e) {
      throw new StoreFailedException("the store cannot be opened: " + e.getMessage(), e);
    }
    PostgresJournal journal = new PostgresJournal(server);
    journal.head();
    return journal;
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

  /** A connection takes longer to make than all that a claim does on it. */
  @Override
  public void prepare() {
    synchronized (writing) {
      writer();
    }
  }

  @Override
  public long claimEpoch(long seen, long next) {
    if (next <= seen) {
      throw new IllegalArgumentException("epoch " + next + " does not follow " + seen);
    }
    synchronized (writing) {
      dropIfBroken();
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
      if (inserted(row) == 0) {
        settle(row);
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
      dropWriter();
      try {
        readers.close();
      } catch (SQLException e) {
        throw new StoreFailedException("the journal did not close well", e);
      }
    }
  }

  private int claimed(long seen, long next) {
    try (PreparedStatement claim = writer().prepareStatement(CLAIM)) {
      claim.setLong(1, next);
      claim.setString(2, cell);
      claim.setLong(3, seen);
      return claim.executeUpdate();
    } catch (SQLException e) {
      throw failed("epoch " + next + " could not be claimed", e);
    }
  }

  /** How many rows were written: one, or none if it was refused. */
  private int inserted(JournalRow row) {
    Connection connection = writer();
    try {
      PreparedStatement statement = append;
      if (statement == null) {
        statement = connection.prepareStatement(APPEND);
        append = statement;
      }
      statement.setString(1, cell);
      statement.setLong(2, row.epoch());
      JournalTable.bind(statement, 3, row);
      statement.setBytes(11, row.prevHash().toBytes());
      statement.setLong(12, row.first() - 1);
      return statement.executeUpdate();
    } catch (SQLException e) {
      if (PostgresFault.of(e) == PostgresFault.REFUSED) {
        return 0;
      }
      throw failed(row + " could not be appended", e);
    }
  }

  /** Returns if the refused row is there already, which is what the caller wants. */
  private void settle(JournalRow row) {
    Connection connection = writer();
    try {
      if (!table.contains(connection, row.hash())) {
        throw refusal(connection, row);
      }
    } catch (SQLException e) {
      dropWriter();
      throw new UnknownOutcomeException(row + " was refused, and may be there", e);
    }
  }

  private FencedException refusal(Connection connection, JournalRow row) throws SQLException {
    long epoch = table.epoch(connection).orElse(-1);
    if (epoch != row.epoch()) {
      return new FencedException(
          Reason.EPOCH_IS_STALE, "%s: the newest epoch is %d".formatted(row, epoch));
    }
    return table.contains(connection, row.prevHash())
        ? new FencedException(Reason.POSITION_IS_TAKEN, row + ": another row is there")
        : new FencedException(
            Reason.PREDECESSOR_IS_MISSING, row + ": its predecessor is not there");
  }

  private Connection writer() {
    if (closed) {
      throw new StoreFailedException("the journal is closed", null);
    }
    Connection known = writer;
    if (known != null) {
      return known;
    }
    try {
      Connection opened = server.open();
      writer = opened;
      return opened;
    } catch (SQLException e) {
      throw new StoreFailedException("the store cannot be reached: " + e.getMessage(), e);
    }
  }

  /** The server may have been restarted since the connection was made. */
  private void dropIfBroken() {
    Connection known = writer;
    try {
      if (known != null && !known.isValid(VALID_WITHIN_S)) {
        dropWriter();
      }
    } catch (SQLException e) {
      dropWriter();
    }
  }

  private JournalException failed(String what, SQLException cause) {
    dropWriter();
    return PostgresFault.of(cause) == PostgresFault.UNKNOWN
        ? new UnknownOutcomeException(what, cause)
        : new StoreFailedException(what, cause);
  }

  private void dropWriter() {
    Connection known = writer;
    writer = null;
    append = null;
    if (known != null) {
      try {
        known.close();
      } catch (SQLException e) {
        // it failed, so it may fail once more
      }
    }
  }

  private <T> T query(ReaderPool.Use<T> use) {
    if (closed) {
      throw new StoreFailedException("the journal is closed", null);
    }
    try {
      return readers.readAgain(use);
    } catch (SQLException e) {
      throw new StoreFailedException("the journal cannot be read: " + e.getMessage(), e);
    }
  }

  private final class Rows implements ChainReader.Source {
    @Override
    public JournalHead head() {
      return PostgresJournal.this.head();
    }

    @Override
    public Optional<JournalRow> atOrBefore(long position) {
      return query(connection -> table.atOrBefore(connection, position));
    }

    @Override
    public List<JournalRow> from(long position) {
      return query(connection -> table.from(connection, position));
    }
  }
}
