package io.phalanx.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.api.support.ServedCluster;
import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.ServedNode.Reply;
import io.phalanx.scheduler.journal.JournalWentBackException;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class RestoreCommandTest {
  @TempDir Path folder;

  private record Run(int exit, String out, String err) {
    JsonNode json() {
      return new ObjectMapper().readTree(out);
    }
  }

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        PhalanxCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exit = line.execute(arguments);
    return new Run(exit, out.toString(), err.toString());
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** Makes a deployment, and stops. */
  private Reply work() {
    try (ServedNode node = ServedNode.start(data(), Map.of())) {
      Reply made = node.post("/v1/deployments", ServedNode.request(""));
      assertThat(made.status()).isEqualTo(201);
      return made;
    }
  }

  private void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The journal as it was before the second deployment; answers of that one. */
  private Reply lose() throws IOException {
    Path journal = data().resolve(SqliteJournal.FILE);
    work();
    copy(journal, folder.resolve("backup.db"));
    Reply lost = work();
    copy(folder.resolve("backup.db"), journal);
    return lost;
  }

  private static long number(Reply reply, String header) {
    return Long.parseLong(reply.header(header));
  }

  @Nested
  class OnADataFolder {

    @Test
    void makesAServiceOfABackupThatIsRefusedWithoutIt() throws IOException {
      Reply lost = lose();
      assertThatThrownBy(() -> ServedNode.start(data(), Map.of()))
          .isInstanceOf(JournalWentBackException.class);

      Run restore = run("restore", "--data", data().toString(), "--next-settlement", "4", "--json");
      assertThat(restore.exit).as(restore.err).isZero();
      assertThat(restore.json().path("incarnation").asLong()).isEqualTo(1);
      assertThat(restore.json().path("nextSettlement").asLong()).isEqualTo(4);
      Path aside = Path.of(restore.json().path("setAside").asString());
      assertThat(aside).isDirectoryContaining("glob:**receipts.db");

      Reply anew = work();
      assertThat(anew.text("id")).isNotEqualTo(lost.text("id"));
      assertThat(number(anew, "Journal-Position")).isGreaterThan(number(lost, "Journal-Position"));
      assertThat(number(anew, "Leader-Epoch")).isGreaterThan(number(lost, "Leader-Epoch"));
      assertThat(run("audit", "--data", data().toString()).exit).isZero();
    }

    @Test
    void showsTheJournalAndChangesNothingUntilItKnowsTheNextSettlement() throws IOException {
      lose();
      Run shown = run("restore", "--data", data().toString(), "--json");
      assertThat(shown.exit).isEqualTo(2);
      assertThat(shown.json().path("incarnation").asLong()).isZero();
      assertThat(shown.json().path("lastSettlement").asLong()).isZero();
      assertThat(shown.err).contains("Nothing was changed.").contains("at least 1.");
      assertThat(run("restore", "--data", data().toString(), "--json").out).isEqualTo(shown.out);
      assertThat(run("restore", "--data", data().toString()).out)
          .startsWith("The journal ends at position ")
          .contains("Violations: 0.");
    }

    @Test
    void saysWhatIsWrongWithANumber() throws IOException {
      lose();
      Run run =
          run(
              "restore",
              "--data",
              data().toString(),
              "--next-settlement",
              "0",
              "--incarnation",
              "0");
      assertThat(run.exit).isEqualTo(1);
      assertThat(run.err).contains("above 0").contains("must be 1 to");
      assertThat(data().resolve("before-incarnation-0")).doesNotExist();
    }

    @Test
    void isRefusedWhileANodeRunsOnIt() {
      try (ServedNode node = ServedNode.start(data(), Map.of())) {
        Run run = run("restore", "--data", data().toString(), "--next-settlement", "1");
        assertThat(run.exit).isEqualTo(1);
        assertThat(run.err).contains("is held by process");
        assertThat(node.get("/health/ready").status()).isEqualTo(200);
      }
    }

    @Test
    void wantsAJournal() {
      Run run = run("restore", "--data", folder.resolve("nowhere").toString());
      assertThat(run.exit).isEqualTo(2);
      assertThat(run.err).contains("there is no journal");
      assertThat(folder.resolve("nowhere")).doesNotExist();
    }
  }

  @Nested
  class OnASharedStore {

    @Test
    void makesAServiceOfADatabaseThatWentBack() throws Exception {
      try (ServedCluster cluster = ServedCluster.start(folder, 1, i -> Map.of())) {
        Reply kept = cluster.node(0).post("/v1/deployments", ServedNode.request(""));
        Reply lost = cluster.node(0).post("/v1/deployments", ServedNode.request(""));
        cluster.stopNodes();
        loseAfter(cluster, number(kept, "Journal-Position"));
        assertThatThrownBy(cluster::startNodes).isInstanceOf(JournalWentBackException.class);

        Run restore =
            run("restore", "--store", cluster.store().url(), "--next-settlement", "1", "--json");
        assertThat(restore.exit).as(restore.err).isZero();
        Files.delete(folder.resolve("node-0").resolve(SqliteReceipts.FILE));
        cluster.startNodes();

        Reply anew = cluster.node(0).post("/v1/deployments", ServedNode.request(""));
        assertThat(anew.text("id")).isNotEqualTo(lost.text("id"));
        assertThat(number(anew, "Journal-Position"))
            .isGreaterThan(number(lost, "Journal-Position"));
        assertThat(cluster.node(0).get("/v1/deployments/" + kept.text("id")).status())
            .isEqualTo(200);
        assertThat(cluster.node(0).get("/v1/deployments/" + lost.text("id")).status())
            .isEqualTo(404);
        cluster.stopNodes();
        assertThat(run("audit", "--store", cluster.store().url()).exit).isZero();
      }
    }

    /** As a dump of the journal alone is restored that was taken there. */
    private static void loseAfter(ServedCluster cluster, long position) throws SQLException {
      try (Connection connection = cluster.store().open();
          Statement statement = connection.createStatement()) {
        statement.execute("ALTER TABLE journal DISABLE TRIGGER ALL");
        statement.execute("DELETE FROM journal WHERE first > " + position);
        statement.execute("ALTER TABLE journal ENABLE TRIGGER ALL");
        statement.execute("TRUNCATE item, line, used_key, snapshot_part, snapshot");
        statement.execute("UPDATE followed SET position = 0");
      }
    }

    @Test
    void isRefusedWhileANodeLeads() throws IOException {
      try (ServedCluster cluster = ServedCluster.start(folder, 1, i -> Map.of())) {
        cluster.leader();
        String url = cluster.store().url();
        Run run = run("restore", "--store", url, "--next-settlement", "1");
        assertThat(run.exit).isEqualTo(1);
        assertThat(run.err).contains("stop all nodes first");
      }
    }
  }
}
