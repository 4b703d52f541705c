package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.ImageCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.JournalWentBackException;
import io.phalanx.scheduler.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From what is on disk to the state: the newest snapshot and the rows after it, with the chain of
 * the whole journal verified on the way.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final EventCodec codec = new EventCodec();
  private final Journal journal;

  private Recovery(Journal journal) {
    this.journal = journal;
  }

  /**
   * Reads everything.
   *
   * @param historyFollowed how far the history has been written: a snapshot beyond it is not used,
   *     because what it has forgotten would be in neither
   * @param prepare called with the replica before rows are folded into it
   */
  static Replica recover(
      Journal journal, SnapshotStore snapshots, long historyFollowed, Consumer<Replica> prepare) {
    Optional<Replica> start =
        snapshots.newest(
            (at, in) -> new Replica(ImageCodec.read(in), at),
            (name, reason) ->
                LOG.warn("event=snapshot-passed-over name={} reason={}", name, reason));
    Replica replica =
        start
            .filter(candidate -> candidate.head().last() <= historyFollowed)
            .orElseGet(() -> new Replica(JournalRow.genesis(journal.cell()).head()));
    prepare.accept(replica);
    new Recovery(journal).readAll(replica);
    return replica;
  }

  /** Folds in what the journal has beyond the replica. */
  static void catchUp(Journal journal, Replica replica) {
    Recovery recovery = new Recovery(journal);
    journal.readAfter(replica.head(), row -> recovery.fold(replica, row));
  }

  private void readAll(Replica replica) {
    JournalHead start = replica.head();
    boolean[] met = {start.last() == 0};
    journal.read(
        0,
        row -> {
          if (row.last() == start.last()) {
            met[0] = row.hash().equals(start.hash());
          } else if (row.first() > start.last()) {
            if (!met[0]) {
              throw new JournalWentBackException(start);
            }
            fold(replica, row);
          }
        });
    if (!met[0]) {
      throw new JournalWentBackException(start);
    }
  }

  private void fold(Replica replica, JournalRow row) {
    List<StampedEvent> events = new ArrayList<>();
    codec.decode(row.body(), row.first(), events::add);
    replica.apply(events, row.head());
  }
}
