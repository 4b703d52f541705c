package io.phalanx.scheduler.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.scheduler.storage.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PostgresHistoryTest extends HistoryContract {
  private final PostgresServer server = TestPostgres.cell();

  @Override
  HistoryStore openHistory() {
    return PostgresHistory.open(server);
  }

  @Nested
  class SeveralNodes {
    @Test
    void seeWhatOneHasWritten() {
      try (HistoryStore other = openHistory()) {
        put(List.of(item("a", "alice", 3)), 7);

        assertThat(other.followed()).isEqualTo(7);
        assertThat(other.get("deployment", "a")).contains(item("a", "alice", 3));
      }
    }

    @Test
    void mayBothWriteWhatTheyHaveRead() {
      try (HistoryStore other = openHistory()) {
        put(List.of(item("a", "alice", 3)), 7);
        other.write(
            new HistoryWrite(
                List.of(item("a", "alice", 3), item("b", "bob", 8)), List.of(), List.of(), 9));

        assertThat(history.followed()).isEqualTo(9);
        assertThat(ids(history)).containsExactly("b", "a");
      }
    }

    private List<String> ids(HistoryStore store) {
      return store.page(HistoryQuery.newest("deployment", 9)).stream()
          .map(HistoryItem::id)
          .toList();
    }
  }
}
