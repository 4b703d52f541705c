package io.phalanx.scheduler.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteWriterTest {
  private static final String ROW = "INSERT INTO t VALUES (zeroblob(100000))";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private SqliteWriter writer;

  @BeforeEach
  void open() throws SQLException {
    writer =
        SqliteWriter.open(
            new SqliteFile(folder.resolve("test.db")),
            connection -> execute(connection, "CREATE TABLE t (body BLOB)"));
  }

  @AfterEach
  void close() throws SQLException {
    writer.close();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int rows() throws SQLException {
    try (Connection reader = new SqliteFile(folder.resolve("test.db")).openReader();
        Statement select = reader.createStatement();
        ResultSet count = select.executeQuery("SELECT count(*) FROM t")) {
      count.next();
      return count.getInt(1);
    }
  }

  @Nested
  class Write {
    @Test
    void doesAllOfIt() throws SQLException {
      writer.write(
          1,
          connection -> {
            execute(connection, ROW);
            execute(connection, ROW);
          });

      assertThat(rows()).isEqualTo(2);
    }

    @Test
    void doesNothingWhenTheWorkGivesUp() throws SQLException {
      SqliteWriter.Work work =
          connection -> {
            execute(connection, ROW);
            throw new IllegalStateException("no");
          };

      assertThatThrownBy(() -> writer.write(1, work)).hasMessage("no");
      assertThat(rows()).isZero();
    }

    @Test
    void goesOnAfterThereWasNoRoom() throws SQLException {
      SqliteWriter.Work tooMuch =
          connection -> {
            execute(connection, "PRAGMA max_page_count = 10"); // for as long as it is open
            execute(connection, ROW);
          };
      assertThatThrownBy(() -> writer.write(1, tooMuch))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("full");
      assertThat(rows()).isZero();

      writer.write(1, connection -> execute(connection, ROW));
      assertThat(rows()).isEqualTo(1);
    }

    @Test
    void isRefusedOnceItIsClosed() throws SQLException {
      writer.close();

      assertThatThrownBy(() -> writer.write(1, connection -> {})).isInstanceOf(SQLException.class);
    }
  }
}
