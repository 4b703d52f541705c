package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.ImageCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.snapshot.SnapshotStore;
import io.phalanx.scheduler.snapshot.SnapshotUnusableException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Finds again what changed long ago, by folding the journal once more from the newest snapshot
 * before it. Slow, for the rare stream that resumes from beyond the feed's memory.
 */
final class ChangeReplay {

  private final Supplier<Journal> current;
  private final SnapshotStore snapshots;

  /**
   * A replay that reads nothing yet.
   *
   * @param current the journal that is open now: after a failure it is another one
   */
  ChangeReplay(Supplier<Journal> current, SnapshotStore snapshots) {
    this.current = current;
    this.snapshots = snapshots;
  }

  /**
   * Hands over every wanted change in {@code (after, upTo]}, in order.
   *
   * @return up to which position it came
   */
  long replay(
      long after, long upTo, Predicate<StampedChange> wanted, Consumer<StampedChange> consumer) {
    Journal journal = current.get();
    Replica replica =
        snapshots
            .newest((at, in) -> replica(at, in, after), (name, reason) -> {})
            .orElseGet(() -> new Replica(JournalRow.genesis(journal.cell()).head()));
    replica.onCommitted(
        batch ->
            batch.changes().stream()
                .filter(change -> isWithin(change.moment().position(), after, upTo))
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

  private static boolean isWithin(long position, long after, long upTo) {
    return position > after && position <= upTo;
  }

  /** One that is too new is passed over: the one before may do. */
  private static Replica replica(JournalHead at, InputStream in, long after) throws IOException {
    if (at.last() > after) {
      throw new SnapshotUnusableException("it is newer than position " + after);
    }
    return new Replica(ImageCodec.read(in), at);
  }
}
