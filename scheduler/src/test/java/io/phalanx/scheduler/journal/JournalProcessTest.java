package io.phalanx.scheduler.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal among real processes. */
class JournalProcessTest {
  @TempDir Path folder;

  private static long lastDurable(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("durable "))
        .mapToLong(line -> Long.parseLong(line.substring("durable ".length())))
        .max()
        .orElse(0);
  }

  @Nested
  class TheLock {
    @Test
    void turnsASecondProcessAwayNamingTheFirst() throws IOException {
      try (Journal journal = SqliteJournal.open(folder, Scribe.CELL)) {
        Process second = JournalProcess.start(folder);
        List<String> said = second.inputReader(UTF_8).lines().toList();

        assertThat(said).containsExactly("locked by " + ProcessHandle.current().pid());
        assertThat(journal.head().last()).isZero();
      }
    }

    @Test
    void turnsTheSameProcessAwayWithoutLosingTheLock() throws IOException {
      Journal journal = SqliteJournal.open(folder, Scribe.CELL);

      assertThatThrownBy(() -> SqliteJournal.open(folder, Scribe.CELL))
          .isInstanceOf(JournalLockedException.class)
          .hasMessageContaining(" " + ProcessHandle.current().pid());
      assertThat(JournalProcess.start(folder).inputReader(UTF_8).lines())
          .containsExactly("locked by " + ProcessHandle.current().pid());
      journal.close();
    }

    @Test
    void isFreeAfterClose() {
      SqliteJournal.open(folder, Scribe.CELL).close();
      SqliteJournal.open(folder, Scribe.CELL).close();
    }

    @Test
    void isFreeWhenOpeningHasFailed() throws IOException {
      Files.writeString(folder.resolve(SqliteJournal.FILE), "no database");
      assertThatThrownBy(() -> SqliteJournal.open(folder, Scribe.CELL))
          .isInstanceOf(CorruptJournalException.class);
      Files.delete(folder.resolve(SqliteJournal.FILE));

      SqliteJournal.open(folder, Scribe.CELL).close();
    }
  }

  @Nested
  class Kill {
    @Test
    void losesNothingThatWasDurable() throws IOException, InterruptedException {
      for (int i = 0; i < 3; i++) {
        long durable = runAndKill(100 + 70 * i);

        try (Journal journal = SqliteJournal.open(folder, Scribe.CELL)) {
          long last = journal.read(0, row -> {});
          assertThat(last).isEqualTo(journal.head().last()).isBetween(durable, durable + 1_000);
          assertThat(journal.epoch()).isEqualTo(i + 1);
        }
      }
    }

    private long runAndKill(int lines) throws IOException, InterruptedException {
      Process process = JournalProcess.start(folder);
      BufferedReader out = process.inputReader(UTF_8);
      List<String> said = out.lines().limit(lines).toList();
      process.destroyForcibly().waitFor();
      assertThat(said).hasSize(lines);
      return lastDurable(said);
    }
  }

  @Nested
  class DiskFull {
    @Test
    void killsTheJournalAndLosesNothingThatWasDurable() throws IOException {
      assumeThat(Path.of("/bin/sh")).as("limits on file size need a shell").isExecutable();
      // blocks of 512 bytes or 1 KiB: room for SQLite's library, far less than what will be written
      Process process =
          JournalProcess.start(folder, "/bin/sh", "-c", "ulimit -f 8000; exec \"$0\" \"$@\"");
      List<String> said = process.inputReader(UTF_8).lines().toList();

      assertThat(said).contains("stopped UnknownOutcomeException", "then dead");
      try (Journal journal = SqliteJournal.open(folder, Scribe.CELL)) {
        long durable = lastDurable(said);
        assertThat(journal.read(0, row -> {})).isBetween(durable, durable + 2);
        Scribe.leading(journal, "after").write(1);
      }
    }
  }
}
