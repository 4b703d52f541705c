package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.ImageCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalHead;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.JournalWentBackException;
import io.phalanx.scheduler.snapshot.SnapshotStore;
import io.phalanx.scheduler.snapshot.SnapshotUnusableException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From what is on disk to the state: the newest snapshot and the rows after it, with the chain of
 * the whole journal verified on the way. The journal is read while the snapshot is.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private Recovery() {}

  private record Start(Replica replica, RowFeed rows) {}

  /**
   * Reads everything.
   *
   * @param historyFollowed how far history and receipts have been written: a snapshot beyond it is
   *     not used, because what it has forgotten would be in neither
   * @param prepare called with the replica before rows are folded into it
   */
  static Replica recover(
      Journal journal, SnapshotStore snapshots, long historyFollowed, Consumer<Replica> prepare) {
    Start start =
        snapshots
            .newest(
                (at, in) -> fromSnapshot(journal, at, in, historyFollowed),
                (name, reason) ->
                    LOG.warn("event=snapshot-passed-over name={} reason={}", name, reason))
            .orElseGet(() -> fromGenesis(journal));
    try (RowFeed rows = start.rows()) {
      prepare.accept(start.replica());
      rows.drain(start.replica()::apply);
      return start.replica();
    }
  }

  private static Start fromSnapshot(
      Journal journal, JournalHead at, InputStream in, long historyFollowed) throws IOException {
    if (at.last() > historyFollowed) {
      throw new SnapshotUnusableException("the history has come to " + historyFollowed + " only");
    }
    RowFeed rows = RowFeed.start(journal, at);
    try {
      return new Start(new Replica(ImageCodec.read(in), at), rows);
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private static Start fromGenesis(Journal journal) {
    JournalHead genesis = JournalRow.genesis(journal.cell()).head();
    return new Start(new Replica(genesis), RowFeed.start(journal, genesis));
  }

  /**
   * Makes sure that what is built from the journal was built from this one: what another journal
   * had at those positions would be taken for what this one has there.
   *
   * @param followed position to which it came: the end of a row
   * @param what it is, for who reads the refusal
   * @throws JournalWentBackException if no row ends there
   */
  static void checkFollowed(Journal journal, long followed, String what) {
    boolean isThere =
        followed == 0
            || journal.holding(followed).filter(row -> row.last() == followed).isPresent();
    if (!isThere) {
      throw new JournalWentBackException(
          "%s was built up to position %d, where no row of the journal ends"
              .formatted(what, followed));
    }
  }

  /** Folds in what the journal has beyond the replica. */
  static void catchUp(Journal journal, Replica replica) {
    EventCodec codec = new EventCodec();
    journal.readAfter(
        replica.head(),
        row -> {
          List<StampedEvent> events = new ArrayList<>();
          codec.decode(row.body(), row.first(), events::add);
          replica.apply(events, row.head());
        });
  }
}
