package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.decide.FirstAnswer;
import io.phalanx.scheduler.decide.Liveness;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.history.HistoryStore;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.receipt.SignedLog;
import io.phalanx.scheduler.round.CommittedRound;
import io.phalanx.scheduler.round.RecordedRound;
import io.phalanx.scheduler.snapshot.SnapshotStore;
import io.phalanx.scheduler.view.Answer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a node that is not its face: recovers the state, leads, plans rounds, keeps the
 * history, writes snapshots and hands settlements over.
 */
public final class Engine implements AutoCloseable {

  private static final EventCodec CODEC = new EventCodec();

  private final Replica replica;
  private final Sequencer sequencer;
  private final Planner planner;
  private final Historian historian;
  private final ReceiptKeeper receipts;
  private final Snapshotter snapshotter;
  private final ChangeFeed feed;
  private final ChangeReplay replay;
  private final RoundReplay rounds;
  private final HistoryStore history;
  private final Liveness liveness;
  private final @Nullable Outbox outbox;

  /**
   * What an engine stands on.
   *
   * @param journal the open journal; the engine closes it
   * @param journals opens the journal again after it failed
   * @param snapshots where snapshots are kept
   * @param history where what has ended is kept; the caller closes it after the engine
   * @param receipts where receipts are kept; the caller closes its store after the engine
   */
  public record Stores(
      Journal journal,
      Supplier<Journal> journals,
      SnapshotStore snapshots,
      HistoryStore history,
      SignedLog receipts) {}

  private Engine(
      Stores stores,
      EngineSettings settings,
      @Nullable SettlementReceiver receiver,
      RandomGenerator random,
      Leadership leadership) {
    Recovery.checkFollowed(stores.journal(), stores.history().followed(), "the history");
    Recovery.checkFollowed(
        stores.journal(), stores.receipts().store().followed(), "the log of receipts");
    liveness = new Liveness();
    history = stores.history();
    Holder holder = new Holder();
    historian =
        new Historian(
            stores.history(),
            command -> holder.get().submit(new Submission(command, null, reply -> {})),
            settings.meter(),
            () -> holder.get().isLeading());
    receipts = new ReceiptKeeper(stores.receipts());
    LongSupplier followed =
        () -> Math.min(stores.history().followed(), stores.receipts().store().followed());
    replica =
        Recovery.recover(
            stores.journal(),
            stores.snapshots(),
            followed.getAsLong(),
            prepared -> {
              historian.prepare(prepared);
              prepared.onCommitted(receipts::take);
            });
    sequencer =
        new Sequencer(stores.journal(), stores.journals(), replica, liveness, settings, leadership);
    holder.sequencer = sequencer;
    feed = new ChangeFeed(replica.head().last());
    replay = new ChangeReplay(sequencer::journal, stores.snapshots());
    rounds = new RoundReplay(sequencer::journal, stores.snapshots());
    planner = new Planner(replica, sequencer, settings);
    snapshotter =
        new Snapshotter(stores.snapshots(), followed, replica, settings, sequencer::isLeading);
    outbox =
        receiver == null
            ? null
            : new Outbox(
                replica, sequencer, new Outbox.Way(receipts, receiver), random, settings.meter());
  }

  /** Breaks the circle between the historian, which hears recovery, and the sequencer after it. */
  private static final class Holder {
    private @Nullable Sequencer sequencer;

    Sequencer get() {
      Sequencer known = sequencer;
      if (known == null) {
        throw new IllegalStateException("the engine is not complete");
      }
      return known;
    }
  }

  /**
   * Recovers and starts.
   *
   * @param stores what it stands on
   * @param settings how it runs
   * @param receiver the payout layer's endpoint, if one is configured
   * @param random spreads retries
   * @throws io.phalanx.scheduler.journal.JournalException if the journal is damaged or went back
   * @throws io.phalanx.scheduler.event.CorruptStateException if an event does not fit
   */
  public static Engine start(
      Stores stores,
      EngineSettings settings,
      @Nullable SettlementReceiver receiver,
      RandomGenerator random) {
    return start(stores, settings, receiver, random, Leadership.ALONE);
  }

  /**
   * Recovers and starts, on a store that several nodes share.
   *
   * @param stores what it stands on
   * @param settings how it runs
   * @param receiver the payout layer's endpoint, if one is configured
   * @param random spreads retries
   * @param leadership when this node leads
   * @throws io.phalanx.scheduler.journal.JournalException if the journal is damaged or went back
   * @throws io.phalanx.scheduler.event.CorruptStateException if an event does not fit
   */
  public static Engine start(
      Stores stores,
      EngineSettings settings,
      @Nullable SettlementReceiver receiver,
      RandomGenerator random,
      Leadership leadership) {
    Engine engine = new Engine(stores, settings, receiver, random, leadership);
    engine.run();
    return engine;
  }

  private void run() {
    replica.onCommitted(feed::publish);
    replica.onCommitted(snapshotter::committed);
    replica.onCommitted(planner::committed);
    historian.start();
    receipts.start(replica.head().last());
    sequencer.start();
    planner.start();
    Outbox box = outbox;
    if (box != null) {
      replica.onCommitted(batch -> box.wake());
      box.start();
    }
  }

  /** The committed state. */
  public Replica replica() {
    return replica;
  }

  /** The writer. */
  public Sequencer sequencer() {
    return sequencer;
  }

  /** The newest changes. */
  public ChangeFeed feed() {
    return feed;
  }

  /** What has ended. */
  public HistoryStore history() {
    return history;
  }

  /** The log of receipts. */
  public ReceiptKeeper receipts() {
    return receipts;
  }

  /** When this node last heard whom. */
  public Liveness liveness() {
    return liveness;
  }

  /**
   * What was answered when a key was used first; reads the journal.
   *
   * @param position what {@link Answer.GivenAt} says
   */
  public Answer firstAnswer(long position) {
    JournalRow row =
        sequencer
            .journal()
            .holding(position)
            .orElseThrow(() -> new CorruptStateException("no event " + position));
    StampedEvent stamped = CODEC.decodeOne(row.body(), row.first(), position);
    return FirstAnswer.of(stamped.event(), stamped.moment());
  }

  /**
   * Finds changes again that are older than the feed's memory: slow, reads the journal.
   *
   * @return up to which position it came
   */
  public long replay(
      long after, long upTo, Predicate<StampedChange> wanted, Consumer<StampedChange> consumer) {
    return replay.replay(after, upTo, wanted, consumer);
  }

  /** What a round planned on and what came of it: slow, reads the journal. */
  public RecordedRound recorded(CommittedRound round) {
    return rounds.replay(round);
  }

  /** Stops planning, commits what is queued, writes a snapshot, and closes the journal. */
  @Override
  public void close() {
    planner.close();
    if (outbox != null) {
      outbox.close();
    }
    boolean led = sequencer.isLeading();
    sequencer.close();
    historian.close(led);
    receipts.close();
    if (led) {
      snapshotter.saveNow();
    }
  }
}
