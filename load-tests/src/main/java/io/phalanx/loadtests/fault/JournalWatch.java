package io.phalanx.loadtests.fault;

import io.phalanx.loadtests.process.TemporaryFolder;
import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.scheduler.audit.JournalAudit;
import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.SqliteJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the journal that a killed service has left, in a copy, so that the service's own recovery
 * finds what the kill left. What was read before must still be there, to the bit; what is new goes
 * through the audit of all invariants.
 */
final class JournalWatch {
  private static final String CELL = "main";
  private static final List<String> FILES =
      List.of(SqliteJournal.FILE, SqliteJournal.FILE + "-wal");

  private final EventCodec codec = new EventCodec();
  private final JournalAudit audit = new JournalAudit();
  private final JournalBooks books = new JournalBooks();
  private final Path data;
  private JournalHead seen = JournalRow.genesis(CELL).head();

  JournalWatch(Path data) {
    this.data = data;
  }

  /**
   * Reads what is new; no service may be running on the folder.
   *
   * @throws io.phalanx.scheduler.journal.JournalException if what was there before is not there, or
   *     a row is damaged
   */
  AuditReport look() {
    try (TemporaryFolder copy = TemporaryFolder.make("phalanx-journal-copy")) {
      for (String file : FILES) {
        if (Files.exists(data.resolve(file))) {
          Files.copy(data.resolve(file), copy.path().resolve(file));
        }
      }
      try (SqliteJournal journal = SqliteJournal.open(copy.path(), CELL)) {
        seen = journal.readAfter(seen, this::take);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the journal could not be copied", e);
    }
    return audit.finish();
  }

  JournalBooks books() {
    return books;
  }

  /** The newest position read. */
  long position() {
    return seen.last();
  }

  private void take(JournalRow row) {
    audit.beginRow(row.first(), row.epoch());
    codec.decode(
        row.body(),
        row.first(),
        event -> {
          audit.accept(event);
          books.take(event);
        });
  }
}
