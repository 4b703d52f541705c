package io.phalanx.api.read;

import io.phalanx.scheduler.engine.Engine;
import java.time.InstantSource;
import java.util.Optional;

/** What changes, in order, as streams that can be resumed. */
public final class ChangeStream implements AutoCloseable {

  public ChangeStream(Engine engine, InstantSource clock) {}

  /**
   * Opens a stream. Blocks for a look into the history only if it is of one resource and has no id.
   *
   * @param after behind which item it resumes; empty: from now, a stream of one resource with its
   *     present state first
   * @param ready called from any thread when there is something to poll (items or the end) after
   *     {@link Subscription#poll} came back empty; must return at once
   * @return empty if the id is one that this node has not reached
   */
  public Optional<Subscription> open(
      StreamFilter filter, Optional<StreamId> after, Runnable ready) {
    throw new UnsupportedOperationException();
  }

  /** Ends all streams. */
  @Override
  public void close() {}
}
