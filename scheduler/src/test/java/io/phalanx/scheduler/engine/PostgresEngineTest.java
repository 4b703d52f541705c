package io.phalanx.scheduler.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.scheduler.codec.ImageCodec;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.history.HistoryQuery;
import io.phalanx.scheduler.history.PostgresHistory;
import io.phalanx.scheduler.journal.Incarnation;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.JournalWentBackException;
import io.phalanx.scheduler.journal.PostgresJournal;
import io.phalanx.scheduler.receipt.KeyFile;
import io.phalanx.scheduler.receipt.ReceiptStore;
import io.phalanx.scheduler.receipt.SignedLog;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.scheduler.snapshot.PostgresSnapshotStore;
import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.scheduler.storage.TestPostgres;
import io.phalanx.scheduler.view.DeploymentView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on a shared store: what a restart and a restored backup give. */
class PostgresEngineTest {
  @TempDir Path folder;

  /** An engine with its stores. */
  private record Running(Engine engine, PostgresHistory history, ReceiptStore receipts)
      implements AutoCloseable {
    static Running on(PostgresServer server, Path folder) {
      PostgresJournal journal = PostgresJournal.open(server);
      PostgresHistory history = PostgresHistory.open(server);
      ReceiptStore receipts = SqliteReceipts.open(folder);
      Engine engine =
          Engine.start(
              new Engine.Stores(
                  journal,
                  () -> PostgresJournal.open(server),
                  PostgresSnapshotStore.open(server),
                  history,
                  new SignedLog(receipts, KeyFile.open(folder.resolve("key"), new Random(2)))),
              new EngineSettings(
                  "node-1",
                  InstantSource.system(),
                  EngineMeter.NONE,
                  1_000_000,
                  Duration.ofMillis(50),
                  Duration.ofSeconds(1),
                  7),
              null,
              new Random(1));
      TestEngine.await(() -> engine.sequencer().isLeading());
      return new Running(engine, history, receipts);
    }

    Reply reply(Command command) throws Exception {
      CompletableFuture<Reply> reply = new CompletableFuture<>();
      engine.sequencer().submit(new Submission(command, null, reply::complete));
      return reply.get(10, TimeUnit.SECONDS);
    }

    String image() {
      return engine
          .replica()
          .image(
              (image, head) -> {
                try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
                  ImageCodec.write(image, out);
                  return out.toString(UTF_8);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }

    @Override
    public void close() {
      engine.close();
      history.close();
      receipts.close();
    }
  }

  /** Some work; returns the state it leaves. */
  private String work(PostgresServer server) throws Exception {
    try (Running running = Running.on(server, folder)) {
      for (int i = 0; i < 4; i++) {
        running.reply(TestEngine.registration(i));
        running.reply(TestEngine.deployment(1));
      }
      Reply.Decided created = (Reply.Decided) running.reply(TestEngine.deployment(1));
      DeploymentView view = (DeploymentView) ((Outcome.Done) created.outcome()).answer();
      running.reply(new CancelDeployment("dev", view.id()));
      running.engine().sequencer().close();
      return running.image();
    }
  }

  private static String replayed(PostgresServer server) {
    try (PostgresJournal journal = PostgresJournal.open(server)) {
      Replica replica = new Replica(JournalRow.genesis(server.cell()).head());
      Recovery.catchUp(journal, replica);
      return replica.read(state -> state.position() + " " + state.deployments().all().size());
    }
  }

  /** What a backup of the journal alone holds, put into a database with empty tables. */
  private static void restore(PostgresServer from, PostgresServer to, long upTo)
      throws SQLException {
    PostgresJournal.open(to).close();
    try (Connection source = from.open();
        Connection target = to.open();
        Statement select = source.createStatement();
        Statement epoch = target.createStatement();
        PreparedStatement insert =
            target.prepareStatement("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      epoch.execute("UPDATE cell SET epoch = 1");
      ResultSet rows =
          select.executeQuery(
              "SELECT * FROM journal WHERE first > 0 AND last <= " + upTo + " ORDER BY first");
      while (rows.next()) {
        for (int column = 1; column <= 9; column++) {
          insert.setObject(column, rows.getObject(column));
        }
        insert.executeUpdate();
      }
    }
  }

  /** The same cell in a database of its own, as its name is part of every hash. */
  private static PostgresServer elsewhere(PostgresServer server, String database)
      throws SQLException {
    try (Connection connection = server.open();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
    }
    return new PostgresServer(
        server.url().replace("/postgres?", "/" + database + "?"), server.cell());
  }

  @Nested
  class Restart {
    @Test
    void goesOnFromWhatIsInTheDatabase() throws Exception {
      PostgresServer server = TestPostgres.cell();
      work(server);
      String before = replayed(server);
      try (Running again = Running.on(server, folder)) {
        assertThat(again.engine().sequencer().epoch()).isEqualTo(2);
        assertThat(again.history().followed()).isPositive();
      }

      assertThat(before).isNotEmpty();
      try (PostgresJournal journal = PostgresJournal.open(server)) {
        assertThat(StoredAudit.of(journal).violations()).isEmpty();
      }
    }
  }

  @Nested
  class RestoreOfTheJournalAlone {
    @Test
    void givesTheSameStateAndHistoryAgain() throws Exception {
      PostgresServer server = TestPostgres.cell();
      String before = work(server);
      PostgresServer other = elsewhere(server, "restored_whole");
      restore(server, other, Long.MAX_VALUE);

      assertThat(replayed(other)).isEqualTo(replayed(server));
      assertThat(before).contains("\"deployments\"");
      try (Running again = Running.on(other, folder.resolve("other"))) {
        long position = again.engine().replica().head().last();
        TestEngine.await(() -> again.history().followed() >= position);
        assertThat(again.history().page(HistoryQuery.newest(HistoryKinds.DEPLOYMENT, 10)))
            .hasSize(1);
      }
    }

    @Test
    void isFoundOutByANodeWhoseReceiptsHaveSeenMore() throws Exception {
      PostgresServer server = TestPostgres.cell();
      work(server);
      PostgresServer other = elsewhere(server, "restored_behind_receipts");
      restore(server, other, 3);

      assertThatThrownBy(() -> Running.on(other, folder))
          .isInstanceOf(JournalWentBackException.class)
          .hasMessageContaining("log of receipts");
    }

    @Test
    void isTakenIntoServiceAsANewIncarnation() throws Exception {
      PostgresServer server = TestPostgres.cell();
      work(server);
      PostgresServer other = elsewhere(server, "restored_anew");
      restore(server, other, 3);
      try (PostgresJournal journal = PostgresJournal.open(other)) {
        Restoration.of(journal).begin(1, 5, System.currentTimeMillis());
      }

      try (Running again = Running.on(other, folder.resolve("other"))) {
        assertThat(again.engine().sequencer().epoch()).isGreaterThan(Incarnation.EPOCHS);
        Reply.Decided created = (Reply.Decided) again.reply(TestEngine.deployment(1));
        assertThat(created.position()).isGreaterThan(Incarnation.POSITIONS);
      }
      try (PostgresJournal journal = PostgresJournal.open(other)) {
        assertThat(StoredAudit.of(journal).violations()).isEmpty();
      }
    }

    @Test
    void isFoundOutByAReplicaThatHasSeenMore() throws Exception {
      PostgresServer server = TestPostgres.cell();
      work(server);
      PostgresServer other = elsewhere(server, "restored_older");
      restore(server, other, 3);
      try (PostgresJournal journal = PostgresJournal.open(server);
          PostgresJournal older = PostgresJournal.open(other)) {
        Replica replica = new Replica(JournalRow.genesis(server.cell()).head());
        Recovery.catchUp(journal, replica);

        assertThatThrownBy(() -> Recovery.catchUp(older, replica))
            .isInstanceOf(JournalWentBackException.class);
      }
    }
  }
}
