package io.phalanx.scheduler.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.id.KeyMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteHistoryTest extends HistoryContract {
  @TempDir Path folder;

  @Override
  HistoryStore openHistory() {
    return SqliteHistory.open(folder);
  }

  @Nested
  class Crash {
    @Test
    void survivesACloseAndACrash(@TempDir Path copy) throws IOException {
      put(List.of(item("a", "alice", 3)), 7);
      for (String file : List.of("history.db", "history.db-wal")) {
        Files.copy(folder.resolve(file), copy.resolve(file));
      }
      history.close();
      open();

      assertThat(history.followed()).isEqualTo(7);
      try (HistoryStore survivor = SqliteHistory.open(copy)) {
        assertThat(survivor.followed()).isEqualTo(7);
        assertThat(survivor.get("deployment", "a")).contains(item("a", "alice", 3));
      }
    }
  }

  @Nested
  class HasKeys {
    @Test
    void isSoFromTheFirstKeyOn() {
      assertThat(history.hasKeys()).isFalse();
      HistoryKey key = new HistoryKey(KeyMark.of("scope", new byte[0]), 1, 1);
      history.write(new HistoryWrite(List.of(), List.of(), List.of(key), 1));
      assertThat(history.hasKeys()).isTrue();
    }
  }

  @Nested
  class Plan {
    @Test
    void isReadFromAnIndexWithoutSorting() throws SQLException {
      HistoryCursor cursor = new HistoryCursor(5, "id");
      HistoryQuery newest = HistoryQuery.newest("deployment", 10);
      HistoryQuery oldest = HistoryQuery.oldest("deployment", 10);
      for (HistoryQuery query :
          List.of(
              newest,
              newest.continuedAfter(cursor),
              oldest.ownedBy("x"),
              oldest.ownedBy("x").continuedAfter(cursor))) {
        String index = query.owner().isEmpty() ? "item_by_created" : "item_by_owner";
        assertThat(plan(query)).contains("SEARCH item USING INDEX " + index).doesNotContain("TEMP");
      }
    }

    private String plan(HistoryQuery query) throws SQLException {
      String sql = "EXPLAIN QUERY PLAN " + HistorySql.page(query);
      try (Connection connection =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(SqliteHistory.FILE));
          var select = connection.prepareStatement(sql);
          ResultSet rows = select.executeQuery()) {
        StringBuilder plan = new StringBuilder();
        while (rows.next()) {
          plan.append(rows.getString("detail")).append('\n');
        }
        return plan.toString();
      }
    }
  }
}
