package io.phalanx.loadtests.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.scheduler.codec.ImageCodec;
import io.phalanx.scheduler.engine.StoredAudit;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.snapshot.FileSnapshotStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreFillerTest {

  @TempDir Path folder;

  @Nested
  class Fill {

    @Test
    void makesAJournalOfAllThatABusyNetworkDoesInWhichEveryInvariantHolds() {
      Path snapshots = folder.resolve("kept");
      Path data = folder.resolve("data");
      StoreFiller.Plan plan = new StoreFiller.Plan(12_000, 3_000, 200, 20);
      StoreFiller.Filled filled = StoreFiller.fill(data, snapshots, plan, line -> {});
      try (SqliteJournal journal = SqliteJournal.open(data, "main")) {
        AuditReport audit = StoredAudit.of(journal);
        assertThat(audit.violations()).isEmpty();
        assertThat(audit.events()).isEqualTo(filled.events()).isGreaterThanOrEqualTo(12_000);
        assertThat(audit.counts())
            .containsKeys(
                "deployment-created/1",
                "round-committed/1",
                "assignment-offered/1",
                "assignment-acknowledged/1",
                "assignment-ended/1",
                "gas-charged/1",
                "deposited/1",
                "history-kept/1");
      }
      long inSnapshot =
          new FileSnapshotStore(snapshots)
              .newest((at, in) -> ImageCodec.read(in).position(), (name, reason) -> {})
              .orElse(-1L);
      assertThat(inSnapshot).isEqualTo(filled.snapshotAt()).isBetween(9_000L, 12_000L);
    }
  }
}
