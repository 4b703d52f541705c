package io.phalanx.scheduler.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** A leader that writes rows whose contents say where they stand. */
final class Scribe {
  static final String CELL = "main";

  private final Journal journal;
  private final Author author;
  private JournalHead head;

  private Scribe(Journal journal, Author author) {
    this.journal = journal;
    this.author = author;
    this.head = journal.head();
  }

  /** Takes the lead. */
  static Scribe leading(Journal journal, String node) {
    long epoch = journal.claimEpoch(journal.epoch());
    return new Scribe(journal, new Author(CELL, epoch, node));
  }

  /** The row that this one would write now; it is not written. */
  JournalRow next(int events) {
    return next(events, 0);
  }

  private JournalRow next(int events, int padding) {
    String text = "events from %d by %s".formatted(head.last() + 1, author.node());
    String body = text + ".".repeat(padding);
    return JournalRow.seal(author, head, events, 1_000 + head.last(), body.getBytes(UTF_8));
  }

  /** The row that would follow a row of its own, whether or not that one is there. */
  JournalRow after(JournalRow row) {
    return JournalRow.seal(author, row.head(), 1, 1, new byte[] {1});
  }

  JournalRow write(int events) {
    return write(events, 0);
  }

  /** A row whose body is longer by so many bytes. */
  JournalRow write(int events, int padding) {
    JournalRow row = next(events, padding);
    journal.append(row);
    head = row.head();
    return row;
  }

  /** Rows of 1, 2, 3, 1, 2, 3, … events. */
  List<JournalRow> writeRows(int rows) {
    List<JournalRow> written = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      written.add(write(1 + i % 3));
    }
    return written;
  }

  static List<JournalRow> readAll(Journal journal) {
    List<JournalRow> rows = new ArrayList<>();
    journal.read(0, rows::add);
    return rows;
  }
}
