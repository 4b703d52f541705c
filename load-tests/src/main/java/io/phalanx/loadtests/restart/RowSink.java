package io.phalanx.loadtests.restart;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.decide.EventSink;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.journal.Author;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import java.util.ArrayList;
import java.util.List;

/** Appends events to a journal, so many a row, as a committer under load does. */
final class RowSink implements EventSink {
  private final EventCodec codec = new EventCodec();
  private final List<StampedEvent> open = new ArrayList<>();
  private final Journal journal;
  private final Author author;
  private final int eventsPerRow;
  private JournalHead head;
  private long bytes;
  private long rows;

  /**
   * Takes the lead of the journal under the next epoch.
   *
   * @param eventsPerRow a row is written by {@link #commit} once it holds so many
   */
  RowSink(Journal journal, String node, int eventsPerRow) {
    this.journal = journal;
    this.author = new Author(journal.cell(), journal.claimEpoch(journal.epoch()), node);
    this.eventsPerRow = eventsPerRow;
    this.head = journal.head();
  }

  long epoch() {
    return author.epoch();
  }

  JournalHead head() {
    return head;
  }

  long bytes() {
    return bytes;
  }

  long rows() {
    return rows;
  }

  @Override
  public void accept(Event event, Moment moment) {
    open.add(new StampedEvent(event, moment));
  }

  /** Writes the open row if it is full. Returns whether nothing is left open. */
  boolean commit() {
    if (open.size() >= eventsPerRow) {
      flush();
    }
    return open.isEmpty();
  }

  /** Writes the open row, however short. */
  void flush() {
    if (open.isEmpty()) {
      return;
    }
    byte[] body = codec.encode(open);
    long atMs = open.get(open.size() - 1).moment().atMs();
    JournalRow row = JournalRow.seal(author, head, open.size(), atMs, body);
    journal.append(row);
    head = row.head();
    bytes += body.length;
    rows++;
    open.clear();
  }
}
