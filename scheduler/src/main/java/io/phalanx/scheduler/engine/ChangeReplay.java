package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.ImageCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds again what changed long ago, by folding the journal once more from the newest snapshot
 * before it. Slow, for the rare stream that resumes from beyond the feed's memory.
 */
final class ChangeReplay {

  private final Journal journal;
  private final SnapshotStore snapshots;

  ChangeReplay(Journal journal, SnapshotStore snapshots) {
    this.journal = journal;
    this.snapshots = snapshots;
  }

  /**
   * Hands over every wanted change in {@code (after, upTo]}, in order.
   *
   * @return up to which position it came
   */
  long replay(
      long after, long upTo, Predicate<StampedChange> wanted, Consumer<StampedChange> consumer) {
    Replica replica =
        snapshots
            .newest((at, in) -> new Replica(ImageCodec.read(in), at), (name, reason) -> {})
            .filter(candidate -> candidate.head().last() <= after)
            .orElseGet(() -> new Replica(JournalRow.genesis(journal.cell()).head()));
    replica.onCommitted(
        batch ->
            batch.changes().stream()
                .filter(change -> change.moment().position() > after)
                .filter(wanted)
                .forEach(consumer));
    EventCodec codec = new EventCodec();
    JournalHead reached =
        journal.readAfter(
            replica.head(),
            row -> {
              if (row.first() <= upTo) {
                List<StampedEvent> events = new ArrayList<>();
                codec.decode(row.body(), row.first(), events::add);
                replica.apply(events, row.head());
              }
            });
    return Math.min(reached.last(), upTo);
  }
}
