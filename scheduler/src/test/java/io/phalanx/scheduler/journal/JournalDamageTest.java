package io.phalanx.scheduler.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bit rot does to a journal: never a wrong event, never a silently shorter journal. */
class JournalDamageTest {
  private static final int ROWS = 12;

  @TempDir Path folder;
  @TempDir Path damaged;
  private List<JournalRow> written;

  @BeforeEach
  void write() throws IOException {
    try (Journal journal = SqliteJournal.open(folder, Scribe.CELL)) {
      written = Scribe.leading(journal, "node-1").writeRows(ROWS);
    }
    restore();
  }

  private void restore() throws IOException {
    Files.write(db(), Files.readAllBytes(folder.resolve(SqliteJournal.FILE)));
    Files.deleteIfExists(damaged.resolve(SqliteJournal.FILE + "-wal"));
    Files.deleteIfExists(damaged.resolve(SqliteJournal.FILE + "-shm"));
  }

  private Path db() {
    return damaged.resolve(SqliteJournal.FILE);
  }

  private List<JournalRow> readDamaged() {
    try (Journal journal = SqliteJournal.open(damaged, Scribe.CELL)) {
      return Scribe.readAll(journal);
    }
  }

  @ParameterizedTest
  @CsvSource({"cell", "first", "last", "epoch", "node", "prev_hash", "hash", "recorded_at", "body"})
  void isFoundInAnyBitOfAnyColumn(String column) throws IOException, SQLException {
    Random random = new Random(1);
    for (int rowid : new int[] {1, 2, ROWS + 1}) { // the genesis, the first, the last
      for (int i = 0; i < 3; i++) {
        restore();
        int bit = flip(column, rowid, random);
        CorruptJournalException fault =
            catchThrowableOfType(CorruptJournalException.class, this::readDamaged);

        assertThat(fault).as("bit %d of %s in row %d", bit, column, rowid).isNotNull();
        assertThat(fault.position()).as("bit %d of %s", bit, column).isEqualTo(first(rowid));
      }
    }
  }

  private long first(int rowid) {
    return rowid == 1 ? 0 : written.get(rowid - 2).first();
  }

  @Test
  void isFoundWhenARowIsGone() throws IOException, SQLException {
    for (int rowid = 1; rowid <= ROWS; rowid++) {
      restore();
      change("DELETE FROM journal WHERE rowid = " + rowid);

      assertThat(catchThrowableOfType(CorruptJournalException.class, this::readDamaged).position())
          .isEqualTo(first(rowid));
    }
  }

  @Test
  void isFoundWhenARowIsReplacedByOneWithAHashOfItsOwn() throws SQLException {
    JournalRow old = written.get(4);
    JournalHead before = written.get(3).head();
    JournalRow forged =
        JournalRow.seal(
            new Author(Scribe.CELL, 1, "node-1"), before, 2, old.recordedAtMs(), new byte[] {9});
    change("DELETE FROM journal WHERE first = " + old.first());
    try (Connection connection = connect();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO journal VALUES ('main', ?, ?, ?, ?, ?, ?, ?, ?)")) {
      JournalTable.bind(insert, 1, forged);
      insert.executeUpdate();
    }

    assertThat(catchThrowableOfType(CorruptJournalException.class, this::readDamaged).position())
        .isIn(written.get(5).first(), forged.first());
  }

  @Test
  void neverGivesAnythingButWhatWasWrittenWhicheverBitOfTheFileFlips() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve(SqliteJournal.FILE));
    Random random = new Random(2);
    int found = 0;
    for (int i = 0; i < 80; i++) {
      restore();
      int bit = random.nextInt(whole.length * 8);
      byte[] bytes = whole.clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(db(), bytes);
      try {
        assertThat(readDamaged()).as("bit %d", bit).isEqualTo(written);
      } catch (JournalException e) {
        found++;
      }
    }

    assertThat(found).isPositive();
  }

  @Test
  void leavesAChainThatIsWholeWhenTheLogIsTornAnywhere(@TempDir Path live) throws IOException {
    byte[] log;
    byte[] database;
    try (Journal journal = SqliteJournal.open(live, Scribe.CELL)) {
      written = Scribe.leading(journal, "node-1").writeRows(ROWS);
      log = Files.readAllBytes(live.resolve("journal.db-wal"));
      database = Files.readAllBytes(live.resolve("journal.db"));
    }
    Random random = new Random(3);
    int torn = 0;
    for (int i = 0; i < 25; i++) {
      restore();
      Files.write(db(), database);
      int length = log.length - random.nextInt(log.length / 2);
      Files.write(damaged.resolve("journal.db-wal"), Arrays.copyOf(log, length));
      List<JournalRow> read = readDamaged();
      torn += read.size() < ROWS ? 1 : 0;

      assertThat(read).isEqualTo(written.subList(0, read.size()));
    }

    assertThat(torn).isPositive();
  }

  /** Flips one random bit of a value, leaving the indexes in order as an update does. */
  private int flip(String column, int rowid, Random random) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT typeof(%1$s), CAST(%1$s AS BLOB), %1$s FROM journal WHERE rowid = %2$d"
                    .formatted(column, rowid))) {
      row.next();
      if (row.getString(1).equals("integer")) {
        // a lower bit can give another row's position, which the primary key does not let us write
        int bit = 5 + random.nextInt(58);
        long flipped = row.getLong(3) ^ 1L << bit;
        change("UPDATE journal SET %s = %d WHERE rowid = %d".formatted(column, flipped, rowid));
        return bit;
      }
      String type = row.getString(1);
      byte[] bytes = row.getBytes(2);
      int bit = random.nextInt(bytes.length * 8);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      change(
          "UPDATE journal SET %s = CAST(x'%s' AS %s) WHERE rowid = %d"
              .formatted(column, HexFormat.of().formatHex(bytes), type, rowid));
      return bit;
    }
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA ignore_check_constraints = ON");
      statement.execute("DROP INDEX journal_successor");
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + db());
  }
}
