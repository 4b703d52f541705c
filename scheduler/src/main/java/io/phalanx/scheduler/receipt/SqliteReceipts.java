package io.phalanx.scheduler.receipt;

import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.merkle.Tile;
import io.phalanx.scheduler.storage.Folders;
import io.phalanx.scheduler.storage.ReaderPool;
import io.phalanx.scheduler.storage.Resources;
import io.phalanx.scheduler.storage.SqliteFile;
import io.phalanx.scheduler.storage.SqliteWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The embedded log of receipts: an SQLite file of its own, beside the journal and the history. */
public final class SqliteReceipts implements ReceiptStore {
  /** Name of the file in the data folder. */
  public static final String FILE = "receipts.db";

  private static final int READERS = 4;

  /** What sealing writes for an owner, whose place in the file is its own. */
  private static final int PAGE_BYTES = 4096;

  /** About what a receipt takes beside its body, in its table and in the index of positions. */
  private static final long ROW_BYTES = 50;

  private final Resources resources;
  private final SqliteWriter writer;
  private final ReaderPool readers;
  private final WorkTable works = new WorkTable();
  private final Object writing = new Object();
  private volatile @Nullable Postings postings;

  private SqliteReceipts(Path folder, Resources resources) throws IOException, SQLException {
    this.resources = resources;
    Folders.make(folder);
    SqliteFile file = new SqliteFile(folder.resolve(FILE));
    writer = resources.add(SqliteWriter.open(file, ReceiptSql::createTables));
    Folders.sync(folder);
    readers = resources.add(new ReaderPool(file, READERS));
  }

  /**
   * Opens the log in a folder, making both if they are absent.
   *
   * @throws ReceiptsFailedException if it cannot be opened
   */
  public static SqliteReceipts open(Path folder) {
    return open(folder, new Resources());
  }

  /**
   * The same where no journal's lock guards the folder.
   *
   * @param guard closed after the log, and also when the log cannot be opened
   * @throws ReceiptsFailedException if it cannot be opened
   */
  public static SqliteReceipts open(Path folder, AutoCloseable guard) {
    Resources resources = new Resources();
    resources.add(guard);
    return open(folder, resources);
  }

  private static SqliteReceipts open(Path folder, Resources resources) {
    try {
      return new SqliteReceipts(folder, resources);
    } catch (SQLException | IOException e) {
      resources.closeAfter(e);
      throw new ReceiptsFailedException(folder.resolve(FILE) + " cannot be opened", e);
    }
  }

  @Override
  public long followed() {
    return number(ReceiptSql.FOLLOWED);
  }

  @Override
  public long size() {
    return number(ReceiptSql.SIZE);
  }

  @Override
  public void write(ReceiptBatch batch) {
    synchronized (writing) {
      // without receipts nobody may have read them yet
      Postings index = batch.receipts().isEmpty() ? postings : postings();
      try {
        if (write(batch, index) && index != null) {
          index.committed(batch.receipts());
        }
      } catch (SQLException e) {
        forget();
        throw new ReceiptsFailedException("receipts up to " + batch.followed() + " not kept", e);
      } catch (RuntimeException e) {
        forget();
        throw e;
      }
    }
  }

  /** Whether it was written now, and not before. */
  private boolean write(ReceiptBatch batch, @Nullable Postings index) throws SQLException {
    AtomicBoolean isNew = new AtomicBoolean();
    long sealed = index == null ? 0 : (long) index.unsealed() * PAGE_BYTES;
    writer.write(
        bytes(batch) + sealed, connection -> isNew.set(writeAll(connection, batch, index)));
    return isNew.get();
  }

  /** After a fault nobody knows what is in the file, until it is read. */
  private void forget() {
    works.forget();
    postings = null;
  }

  /** Read at the first use, which is no part of a start. */
  private Postings postings() {
    Postings known = postings;
    if (known == null) {
      synchronized (writing) {
        known = postings;
        if (known == null) {
          known = read(Postings::load);
          postings = known;
        }
      }
    }
    return known;
  }

  @Override
  public Optional<StoredReceipt> at(long position) {
    return read(connection -> ReceiptTable.at(connection, position));
  }

  @Override
  public List<StoredReceipt> page(ReceiptQuery query) {
    if (query.owners().isEmpty()) {
      return read(connection -> ReceiptTable.page(connection, query));
    }
    Postings index = postings();
    return read(connection -> ReceiptTable.page(connection, query, index));
  }

  @Override
  public Optional<String> seal(long number) {
    return seal(ReceiptSql.SEAL, number);
  }

  @Override
  public Optional<String> sealBefore(long number) {
    return seal(ReceiptSql.SEAL_BEFORE, number);
  }

  private Optional<String> seal(String sql, long number) {
    return read(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, number);
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
          }
        });
  }

  @Override
  public List<Hash> hashes(int level, long index) {
    return read(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(ReceiptSql.TILE)) {
            select.setInt(1, level);
            select.setLong(2, index);
            try (ResultSet row = select.executeQuery()) {
              if (!row.next()) {
                throw new ReceiptsFailedException("no tile " + index + " of " + level, null);
              }
              return ReceiptSql.hashes(row.getBytes(1));
            }
          }
        });
  }

  @Override
  public long leafAt(long atMs) {
    return read(connection -> CorrectionTable.leafAt(connection, atMs));
  }

  @Override
  public List<StoredCorrection> corrections(long fromMs, long toMs) {
    return read(connection -> CorrectionTable.between(connection, fromMs, toMs));
  }

  @Override
  public Optional<String> rewardFacts() {
    return read(RewardTables::facts);
  }

  @Override
  public List<String> rewardMiners() {
    return read(RewardTables::miners);
  }

  @Override
  public Optional<byte[]> inputs(long number, int chunk) {
    return read(connection -> RewardTables.inputs(connection, number, chunk));
  }

  @Override
  public Map<String, String> paid(long number) {
    return read(connection -> RewardTables.paid(connection, number));
  }

  @Override
  public void close() {
    try {
      resources.close();
    } catch (Exception e) {
      throw new ReceiptsFailedException("the log of receipts did not close well", e);
    }
  }

  private boolean writeAll(Connection connection, ReceiptBatch batch, @Nullable Postings index)
      throws SQLException {
    if (isThere(connection, batch)) {
      return false;
    }
    follow(connection, batch.followed());
    if (index != null) {
      index.seal(connection);
    }
    ReceiptTable.write(connection, works, batch.receipts());
    try (PreparedStatement put = connection.prepareStatement(ReceiptSql.PUT_TILE)) {
      for (Tile tile : batch.tiles()) {
        put.setInt(1, tile.level());
        put.setLong(2, tile.index());
        put.setBytes(3, ReceiptSql.bytes(tile));
        put.executeUpdate();
      }
    }
    try (PreparedStatement put = connection.prepareStatement(ReceiptSql.PUT_SEAL)) {
      for (ReceiptBatch.Seal seal : batch.seals()) {
        put.setLong(1, seal.number());
        put.setString(2, seal.body());
        put.executeUpdate();
      }
    }
    RewardTables.write(connection, batch.rewards());
    CorrectionTable.write(connection, batch.corrections());
    return true;
  }

  /** A write that seemed to fail may have been made, and is then not made again. */
  private static boolean isThere(Connection connection, ReceiptBatch batch) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet followed = select.executeQuery(ReceiptSql.FOLLOWED)) {
      return batch.hasNews() && followed.next() && followed.getLong(1) == batch.followed();
    }
  }

  private static void follow(Connection connection, long followed) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ReceiptSql.FOLLOW)) {
      update.setLong(1, followed);
      update.setLong(2, followed);
      if (update.executeUpdate() == 0) {
        throw new ReceiptsFailedException("the log is beyond " + followed + " already", null);
      }
    }
  }

  private static long bytes(ReceiptBatch batch) {
    long bodies = batch.receipts().stream().mapToLong(receipt -> receipt.body().length).sum();
    long tiles = batch.tiles().stream().mapToLong(tile -> 32L * tile.hashes().size()).sum();
    return bodies
        + ROW_BYTES * batch.receipts().size()
        + tiles
        + RewardTables.bytes(batch.rewards());
  }

  private long number(String sql) {
    return read(
        connection -> {
          try (Statement select = connection.createStatement();
              ResultSet row = select.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0L;
          }
        });
  }

  private <T> T read(ReaderPool.Use<T> use) {
    try {
      return readers.read(use);
    } catch (SQLException e) {
      throw new ReceiptsFailedException("the log of receipts cannot be read", e);
    }
  }
}
