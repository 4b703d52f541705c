package io.phalanx.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SystemEvent.IncarnationBegan;
import io.phalanx.scheduler.history.SqliteHistory;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.journal.Author;
import io.phalanx.scheduler.journal.FencedException;
import io.phalanx.scheduler.journal.Incarnation;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.JournalWentBackException;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.receipt.KeyFile;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.view.DeploymentView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup, what happened after it and is lost, and the service on the backup. */
final class RestorationTest {
  private static final String CELL = "main";
  private static final MinerId MINER = TestEngine.minerId(0);

  @TempDir Path folder;

  /** What nobody may be told twice. */
  private record Lost(JournalHead head, DeploymentView deployment, String rootBefore) {}

  private Path live() {
    return folder.resolve("live");
  }

  private static SqliteJournal open(Path data) {
    return SqliteJournal.open(data, CELL);
  }

  /** From a deployment to a delivered settlement. */
  private static DeploymentView settled(TestEngine engine) throws Exception {
    engine.work(MINER);
    DeploymentView created = (DeploymentView) engine.done(TestEngine.deployment(1));
    engine.awaitState(s -> s.deployments().known(created.id()).state() == DeploymentState.PLACED);
    engine.work(MINER);
    engine.awaitState(s -> s.deployments().known(created.id()).state() == DeploymentState.ENDED);
    TestEngine.pass(Duration.ofMinutes(10));
    TestEngine.await(() -> !engine.delivered.isEmpty());
    engine.awaitState(s -> s.settlements().oldestUndelivered().isEmpty());
    return created;
  }

  /** Settlement 1 is in the backup; settlement 2 and a deployment come after it. */
  private Lost work() throws Exception {
    String root;
    try (TestEngine engine = new TestEngine(live(), 1_000_000)) {
      engine.done(TestEngine.registration(0));
      engine.done(new StartMiner(MINER));
      settled(engine);
      root = engine.seals.get(0).root();
    }
    copy(List.of(SqliteJournal.FILE, KeyFile.FILE), live(), folder.resolve("backup"));
    DeploymentView lost;
    try (TestEngine engine = new TestEngine(live(), 1_000_000)) {
      lost = settled(engine);
      assertThat(engine.delivered).extracting(Settlement::number).containsExactly(2L);
    }
    try (SqliteJournal journal = open(live())) {
      return new Lost(journal.head(), lost, root);
    }
  }

  private static void copy(List<String> names, Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (String name : names) {
      Files.copy(from.resolve(name), to.resolve(name));
    }
  }

  private Path restored(String name) throws IOException {
    Path data = folder.resolve(name);
    copy(List.of(SqliteJournal.FILE, KeyFile.FILE), folder.resolve("backup"), data);
    return data;
  }

  private static IncarnationBegan begin(Path data, long number, long nextSettlement) {
    try (SqliteJournal journal = open(data)) {
      return Restoration.of(journal).begin(number, nextSettlement, TestEngine.nowMs());
    }
  }

  @Nested
  class Begin {

    @Test
    void givesNothingTheNameOfWhatIsLost() throws Exception {
      Lost lost = work();
      Path data = restored("restored");
      begin(data, 1, 3);

      try (TestEngine again = new TestEngine(data, 1_000_000)) {
        assertThat(again.engine.sequencer().epoch()).isGreaterThan(lost.head().epoch());
        assertThat(again.engine.replica().head().last()).isGreaterThan(lost.head().last());
        DeploymentView anew = settled(again);
        assertThat(anew.id()).isNotEqualTo(lost.deployment().id());
        assertThat(again.delivered).extracting(Settlement::number).containsExactly(3L);
        assertThat(again.seals.get(0).previousRoot()).isEqualTo(lost.rootBefore());
      }
      try (SqliteJournal journal = open(data)) {
        assertThat(StoredAudit.of(journal).violations()).isEmpty();
      }
    }

    @Test
    void isReadBackByARestartFromASnapshot() throws Exception {
      work();
      Path data = restored("restored");
      IncarnationBegan began = begin(data, 1, 9);

      long position;
      try (TestEngine first = new TestEngine(data, 1_000_000)) {
        position = first.engine.replica().head().last();
      }
      try (TestEngine again = new TestEngine(data, 1_000_000)) {
        assertThat(position).isGreaterThanOrEqualTo(began.nextPosition());
        assertThat(again.engine.replica().head().last()).isGreaterThan(position);
        assertThat(again.engine.replica().<Long>read(s -> s.settlements().lastNumber()))
            .isEqualTo(8);
      }
    }

    @Test
    void goesBeyondAnEarlierRestoreOfTheSameBackup() throws Exception {
      work();
      IncarnationBegan first = begin(restored("first"), 1, 3);
      Path data = restored("second");
      IncarnationBegan second = begin(data, 2, 3);

      assertThat(second.nextPosition() - first.nextPosition()).isEqualTo(Incarnation.POSITIONS);
      try (SqliteJournal journal = open(data)) {
        assertThat(Incarnation.of(journal.epoch())).isEqualTo(2);
        assertThat(Restoration.of(journal).found().incarnation()).isEqualTo(2);
      }
    }

    @Test
    void fencesWhoLedBefore() throws Exception {
      work();
      Path data = restored("restored");
      try (SqliteJournal journal = open(data)) {
        Author before = new Author(CELL, journal.claimEpoch(journal.epoch()), "node-1");
        Restoration.of(journal).begin(1, 3, TestEngine.nowMs());

        JournalRow stale = JournalRow.seal(before, journal.head(), 1, 1, new byte[] {1});
        assertThatThrownBy(() -> journal.append(stale)).isInstanceOf(FencedException.class);
      }
    }
  }

  @Nested
  class Faults {

    @Test
    void nameWhatTheJournalHasAlready() throws Exception {
      work();
      Path data = restored("restored");
      try (SqliteJournal journal = open(data)) {
        Restoration restoration = Restoration.of(journal);
        JournalHead before = journal.head();

        assertThat(restoration.found().lastSettlement()).isEqualTo(1);
        assertThat(restoration.faults(1, 2)).isEmpty();
        assertThat(restoration.faults(0, 1)).hasSize(2);
        assertThat(restoration.faults(1L << 40, 2)).singleElement().asString().contains("must be");
        assertThatThrownBy(() -> restoration.begin(1, 1, TestEngine.nowMs()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("above 1");
        assertThat(journal.head()).isEqualTo(before);
      }
    }

    @Test
    void tellAJournalThatBreaksAnInvariant() {
      try (SqliteJournal journal = open(folder.resolve("broken"))) {
        Author author = new Author(CELL, journal.claimEpoch(0), "node-1");
        Deposited leaderless = new Deposited("dev", Amount.of(1), "ref");
        byte[] body =
            new EventCodec().encode(List.of(new StampedEvent(leaderless, new Moment(1, 1_000))));
        journal.append(JournalRow.seal(author, journal.head(), 1, 1_000, body));

        assertThat(Restoration.of(journal).faults(1, 1))
            .singleElement()
            .asString()
            .contains("invariant");
      }
    }
  }

  @Nested
  class AStart {

    @Test
    void isRefusedOnAHistoryThatKnowsMoreThanTheJournal() throws Exception {
      work();
      Path data = restored("restored");
      copy(List.of(SqliteHistory.FILE), live(), data);

      assertThatThrownBy(() -> new TestEngine(data, 1_000_000))
          .isInstanceOf(JournalWentBackException.class)
          .hasMessageContaining("journal-went-back")
          .hasMessageContaining("history");
    }

    @Test
    void isRefusedOnReceiptsOfWhatIsLost() throws Exception {
      work();
      Path data = restored("restored");
      copy(List.of(SqliteReceipts.FILE), live(), data);

      assertThatThrownBy(() -> new TestEngine(data, 1_000_000))
          .isInstanceOf(JournalWentBackException.class)
          .hasMessageContaining("log of receipts");
    }

    @Test
    void isRefusedOnThemStillWhenTheNewIncarnationHasGrown() throws Exception {
      work();
      Path data = restored("restored");
      begin(data, 1, 3);
      try (TestEngine again = new TestEngine(data, 1_000_000)) {
        settled(again);
      }
      Files.delete(data.resolve(SqliteReceipts.FILE));
      copy(List.of(SqliteReceipts.FILE), live(), data);

      assertThatThrownBy(() -> new TestEngine(data, 1_000_000))
          .isInstanceOf(JournalWentBackException.class);
    }
  }
}
