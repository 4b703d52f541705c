package io.phalanx.api.read;

import io.phalanx.scheduler.engine.Engine;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What changes, in order, as streams that can be resumed with nothing missed and nothing twice:
 * from the feed's memory, or by a replay of the journal when that does not reach back.
 */
public final class ChangeStream implements AutoCloseable {

  private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
  private final Engine engine;
  private final StreamViews views;
  private final Replays replays;
  private volatile boolean closing;

  private ChangeStream(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.views = new StreamViews(engine, clock);
    this.replays = new Replays(engine, this);
  }

  /**
   * The streams of that engine; to be closed before it.
   *
   * @param clock tells what keeps a miner from work now
   */
  public static ChangeStream start(Engine engine, InstantSource clock) {
    ChangeStream streams = new ChangeStream(engine, clock);
    streams.replays.start();
    return streams;
  }

  /**
   * Opens a stream. Blocks, for one look into the history, only if it is of one deployment and has
   * no id.
   *
   * @param after behind which item it resumes; empty: from now, a stream of one deployment or miner
   *     with its present state first
   * @param ready called from any thread when there is something to poll (items or the end) after
   *     {@link Subscription#poll} came back empty; must return at once; the first poll needs no
   *     call
   * @return empty if the id is one that this node has not reached
   */
  public Optional<Subscription> open(
      StreamFilter filter, Optional<StreamId> after, Runnable ready) {
    long head = engine.replica().head().last();
    if (after.isPresent() && after.get().position() > head) {
      return Optional.empty();
    }
    StreamItem present = after.isPresent() ? null : views.present(filter).orElse(null);
    StreamId start = after.orElse(present == null ? StreamId.behind(head) : present.id());
    Subscription subscription = new Subscription(filter, views, ready, start, present);
    open.add(subscription);
    subscription.attached(() -> open.remove(subscription));
    if (closing) {
      subscription.finish(StreamEnd.STOPPED);
    } else {
      join(subscription);
    }
    return Optional.of(subscription);
  }

  /** From the feed's memory on, if that reaches back to it; else after a replay. */
  void join(Subscription subscription) {
    if (subscription.isOver()) {
      return;
    }
    Optional<Runnable> joined =
        engine.feed().subscribe(subscription.complete(), subscription::take);
    if (joined.isPresent()) {
      Runnable leave = joined.get();
      subscription.attached(
          () -> {
            leave.run();
            open.remove(subscription);
          });
    } else {
      replays.add(subscription);
    }
  }

  /** How many streams are open. */
  public int count() {
    return open.size();
  }

  /** Ends all streams. */
  @Override
  public void close() {
    closing = true;
    replays.close();
    open.forEach(subscription -> subscription.finish(StreamEnd.STOPPED));
  }
}
