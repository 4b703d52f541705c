package io.phalanx.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.history.HistoryFailedException;
import io.phalanx.scheduler.history.HistoryWrite;
import io.phalanx.scheduler.history.SqliteHistory;
import io.phalanx.scheduler.journal.Author;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalLockedException;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.StoreFailedException;
import io.phalanx.scheduler.receipt.ReceiptBatch;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreSelectionTest {
  @TempDir Path folder;

  private NodeConfig config(String store) {
    return config(store, "a/b");
  }

  private NodeConfig config(String store, String data) {
    return new ConfigLoader(
            Map.of(), Map.of("data", folder.resolve(data).toString(), "store", store))
        .load();
  }

  @Nested
  class Open {
    @Test
    void keepsEverythingInTheDataFolder() {
      JournalHead head;
      try (Stores stores = StoreSelection.open(config(""))) {
        Author author = new Author("main", stores.journal().claimEpoch(0), "node-1");
        stores
            .journal()
            .append(JournalRow.seal(author, stores.journal().head(), 4, 1_000, new byte[] {1}));
        head = stores.journal().head();
        stores.snapshots().save(head, out -> out.write(9));
        stores.history().write(new HistoryWrite(List.of(), List.of(), List.of(), head.last()));
      }

      try (Stores stores = StoreSelection.open(config(""))) {
        assertThat(stores.journal().head()).isEqualTo(head);
        assertThat(stores.snapshots().newest((at, in) -> at, (name, reason) -> {})).contains(head);
        assertThat(stores.history().followed()).isEqualTo(4);
      }
    }

    @Test
    void isForOneAtATime() {
      try (Stores stores = StoreSelection.open(config(""))) {
        assertThatThrownBy(() -> StoreSelection.open(config("")))
            .isInstanceOf(JournalLockedException.class);
        assertThat(stores.journal().epoch()).isZero();
      }
    }

    @Test
    void leavesNothingOpenWhenItFails() throws IOException {
      StoreSelection.open(config("")).close();
      Path history = folder.resolve("a/b").resolve(SqliteHistory.FILE);
      Files.writeString(history, "not a database, but long enough ".repeat(200));

      assertThatThrownBy(() -> StoreSelection.open(config("")))
          .isInstanceOf(HistoryFailedException.class);
      Files.delete(history);
      StoreSelection.open(config("")).close();
    }

    @Test
    void failsWithoutTheDatabaseAndLeavesNothingBehind() {
      NodeConfig config = config("jdbc:postgresql://127.0.0.1:1/phalanx");

      assertThatThrownBy(() -> StoreSelection.open(config))
          .isInstanceOf(StoreFailedException.class)
          .hasMessageContaining("cannot be opened");
      assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void keepsEverythingInTheDatabaseButTheReceipts() throws IOException {
      try (EmbeddedPostgres postgres =
          EmbeddedPostgres.builder().setServerConfig("fsync", "on").start()) {
        NodeConfig config = config(postgres.getJdbcUrl("postgres", "postgres"));
        JournalHead head;
        try (Stores stores = StoreSelection.open(config)) {
          Author author = new Author("main", stores.journal().claimEpoch(0), "node-1");
          stores
              .journal()
              .append(JournalRow.seal(author, stores.journal().head(), 4, 1_000, new byte[] {1}));
          head = stores.journal().head();
          stores.snapshots().save(head, out -> out.write(9));
          stores.history().write(new HistoryWrite(List.of(), List.of(), List.of(), head.last()));
          stores.receipts().write(new ReceiptBatch(List.of(), List.of(), List.of(), 3));
        }

        try (Stores stores = StoreSelection.open(config);
            Stores second = StoreSelection.open(config(config.store(), "other"))) {
          assertThat(stores.journal().head()).isEqualTo(head);
          assertThat(second.snapshots().newest((at, in) -> at, (name, reason) -> {}))
              .contains(head);
          assertThat(second.history().followed()).isEqualTo(4);
          assertThat(stores.receipts().followed()).isEqualTo(3);
          assertThat(second.receipts().followed()).isZero();
          assertThatThrownBy(() -> StoreSelection.open(config))
              .isInstanceOf(JournalLockedException.class);
        }
      }
    }
  }
}
