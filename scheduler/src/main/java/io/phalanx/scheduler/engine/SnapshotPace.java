package io.phalanx.scheduler.engine;

/**
 * When the next snapshot is due: after so many events, as each makes a start slower, but never
 * sooner than nine times as long as the last one took. Writing them so takes at most a tenth of a
 * processor, however large the state and however fast the writer.
 */
final class SnapshotPace {

  private static final long REST_FACTOR = 9;

  private final long every;
  private long last;
  private long notBeforeNanos;
  private boolean rests;

  /**
   * A pace that starts at a position.
   *
   * @param every events from one to the next
   */
  SnapshotPace(long every, long position) {
    this.every = every;
    this.last = position;
  }

  synchronized boolean isDue(long position, long nowNanos) {
    return position - last >= every && (!rests || nowNanos - notBeforeNanos >= 0);
  }

  /** One was tried, with success or without. */
  synchronized void tried(long position, long startedNanos, long nowNanos) {
    last = position;
    rests = true;
    notBeforeNanos = nowNanos + REST_FACTOR * (nowNanos - startedNanos);
  }
}
