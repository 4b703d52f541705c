package io.phalanx.scheduler.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest changes, for streams: a bounded memory that late subscribers catch up from. Older
 * changes are found again by {@link ChangeReplay}.
 */
public final class ChangeFeed {

  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
  private static final int KEPT = 1 << 16;

  private final StampedChange[] ring = new StampedChange[KEPT];
  private final List<Consumer<List<StampedChange>>> subscribers = new CopyOnWriteArrayList<>();
  private final long startPosition;
  private long written;
  private long position;

  /** A feed that knows nothing up to that position. */
  ChangeFeed(long startPosition) {
    this.startPosition = startPosition;
    this.position = startPosition;
  }

  /** Takes in a committed batch and hands it to all subscribers. */
  void publish(Replica.CommittedBatch batch) {
    synchronized (this) {
      for (StampedChange change : batch.changes()) {
        ring[(int) (written++ % KEPT)] = change;
      }
      position = batch.head().last();
      subscribers.forEach(subscriber -> hand(subscriber, batch.changes()));
    }
  }

  /** A subscriber that fails is dropped: the journal's thread must not die of it. */
  private void hand(Consumer<List<StampedChange>> subscriber, List<StampedChange> changes) {
    try {
      subscriber.accept(changes);
    } catch (RuntimeException e) {
      LOG.error("event=subscriber-dropped", e);
      subscribers.remove(subscriber);
    }
  }

  /**
   * Subscribes from after that position, with nothing missed and nothing twice.
   *
   * @param after what the subscriber has seen; the changes after it are handed over before this
   *     returns
   * @return a way to end it, or nothing if the memory does not reach back so far
   */
  public synchronized Optional<Runnable> subscribe(
      long after, Consumer<List<StampedChange>> subscriber) {
    if (after < oldestComplete()) {
      return Optional.empty();
    }
    List<StampedChange> missed = new ArrayList<>();
    for (long i = Math.max(0, written - KEPT); i < written; i++) {
      StampedChange change = ring[(int) (i % KEPT)];
      if (change.moment().position() > after) {
        missed.add(change);
      }
    }
    if (!missed.isEmpty()) {
      subscriber.accept(missed);
    }
    subscribers.add(subscriber);
    return Optional.of(() -> subscribers.remove(subscriber));
  }

  /** The newest position that was published. */
  public synchronized long position() {
    return position;
  }

  /** From after which position on every change is in memory. */
  private long oldestComplete() {
    return written <= KEPT ? startPosition : ring[(int) (written % KEPT)].moment().position();
  }
}
