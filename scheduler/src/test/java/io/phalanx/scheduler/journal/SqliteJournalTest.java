package io.phalanx.scheduler.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends JournalContract {
  @TempDir Path folder;

  @Override
  Journal openJournal() {
    return SqliteJournal.open(folder, Scribe.CELL);
  }

  @Nested
  class OpenAFile {
    @Test
    void findsWhatWasWrittenBeforeACrash(@TempDir Path copy) throws IOException {
      List<JournalRow> written = Scribe.leading(journal, "a").writeRows(20);
      for (String file : List.of("journal.db", "journal.db-wal")) {
        Files.copy(folder.resolve(file), copy.resolve(file));
      }

      try (Journal survivor = SqliteJournal.open(copy, Scribe.CELL)) {
        assertThat(Scribe.readAll(survivor)).isEqualTo(written);
      }
    }

    @Test
    void refusesTheFileOfAnotherCell() {
      journal.close();

      assertThatThrownBy(() -> SqliteJournal.open(folder, "other"))
          .isInstanceOf(CorruptJournalException.class)
          .hasMessageContaining("other");
    }

    @Test
    void refusesAFileThatIsNoDatabase(@TempDir Path other) throws IOException {
      Files.writeString(other.resolve("journal.db"), "not a database, but long enough".repeat(99));

      assertThatThrownBy(() -> SqliteJournal.open(other, Scribe.CELL))
          .isInstanceOf(CorruptJournalException.class);
    }
  }
}
