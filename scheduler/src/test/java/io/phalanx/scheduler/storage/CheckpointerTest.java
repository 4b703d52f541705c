package io.phalanx.scheduler.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointerTest {
  private static final int FRAME_BYTES = 4_096 + 24;

  @TempDir Path folder;

  @Test
  void keepsTheLogFromGrowingForEver() throws Exception {
    SqliteFile file = new SqliteFile(folder.resolve("test.db"));
    int due = 100;
    try (Connection writer = file.openWriter();
        Statement statement = writer.createStatement();
        Checkpointer checkpointer = new Checkpointer(file, writer, due)) {
      statement.execute("CREATE TABLE t (body BLOB)");
      try (PreparedStatement insert = writer.prepareStatement("INSERT INTO t VALUES (?)")) {
        for (int i = 0; i < 1_000; i++) {
          insert.setBytes(1, new byte[20_000]);
          insert.executeUpdate();
          checkpointer.committed(20_000);
        }
      }

      assertThat(Files.size(file.wal()))
          .isLessThan(20L * due * FRAME_BYTES); // of some 6,000 frames
      assertThat(Files.size(file.path())).isGreaterThan(15_000_000);
    }
  }

  @Test
  void copiesSoonAfterAReaderWasInTheWay() throws Exception {
    SqliteFile file = new SqliteFile(folder.resolve("test.db"));
    int due = 400;
    try (Connection writer = file.openWriter();
        Connection reader = file.openReader();
        Statement statement = writer.createStatement();
        Statement reading = reader.createStatement();
        Checkpointer checkpointer = new Checkpointer(file, writer, due)) {
      statement.execute("CREATE TABLE t (body BLOB)");
      append(statement, checkpointer, 1);
      reader.setAutoCommit(false);
      reading.executeQuery("SELECT count(*) FROM t").close(); // an old state is looked at
      while (Files.size(file.wal()) < 4L * due * FRAME_BYTES) {
        append(statement, checkpointer, 1);
      }
      reader.commit();
      long stuck = Files.size(file.wal());

      append(statement, checkpointer, due / 16); // some half of what is usually waited for
      assertThat(Files.size(file.path())).isGreaterThan(stuck / 2);
    }
  }

  /** Commits of about five pages each, at a pace that the checkpointer's thread keeps. */
  private static void append(Statement statement, Checkpointer checkpointer, int commits)
      throws SQLException, InterruptedException {
    for (int i = 0; i < commits; i++) {
      statement.execute("INSERT INTO t VALUES (zeroblob(20000))");
      checkpointer.committed(20_000);
      Thread.sleep(1);
    }
  }

  @Nested
  class ASqliteFile {
    @Test
    void isDurableAndChecksForeignKeysOnEveryConnection() throws SQLException {
      SqliteFile file = new SqliteFile(folder.resolve("test.db"));
      Map<String, String> pragmas =
          Map.of("journal_mode", "wal", "synchronous", "2", "foreign_keys", "1");
      try (Connection writer = file.openWriter();
          Connection reader = file.openReader()) {
        assertThat(read(writer, pragmas)).isEqualTo(pragmas);
        assertThat(read(reader, pragmas)).isEqualTo(pragmas);
        assertThat(read(writer, Map.of("wal_autocheckpoint", ""))).containsValue("0");
      }
    }

    @Test
    void cannotBeWrittenByAReader() throws SQLException {
      SqliteFile file = new SqliteFile(folder.resolve("test.db"));
      try (Connection writer = file.openWriter();
          Connection reader = file.openReader();
          Statement statement = reader.createStatement()) {
        assertThat(writer.isReadOnly()).isFalse();
        assertThatThrownBy(() -> statement.execute("CREATE TABLE t (a)"))
            .isInstanceOf(SQLException.class);
      }
    }

    private static Map<String, String> read(Connection connection, Map<String, String> pragmas)
        throws SQLException {
      Map<String, String> found = new TreeMap<>();
      try (Statement statement = connection.createStatement()) {
        for (String pragma : pragmas.keySet()) {
          try (ResultSet result = statement.executeQuery("PRAGMA " + pragma)) {
            found.put(pragma, result.getString(1));
          }
        }
      }
      return found;
    }
  }
}
