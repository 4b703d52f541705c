package io.phalanx.cluster.member;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says when to join anew: a leader that renews its lease and is not heard is there, and this node's
 * bus is not. Who has just joined is given as long to hear it as anybody else.
 */
public final class DeafWatch {
  private static final long DEAF_NANOS = TimeUnit.SECONDS.toNanos(6);
  private static final long REJOIN_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final LongSupplier nanos;
  private long hearingAt;
  private long rejoinedAt;

  /**
   * A watch of a node that hears.
   *
   * @param nanos a monotonic clock
   */
  public DeafWatch(LongSupplier nanos) {
    this.nanos = nanos;
    this.hearingAt = nanos.getAsLong();
    this.rejoinedAt = hearingAt;
  }

  /** The cluster has been joined, for whatever reason. */
  public synchronized void joined() {
    hearingAt = nanos.getAsLong();
  }

  /** Whether the time has come; to be asked every second or so. */
  public synchronized boolean isLongEnough(boolean isDeaf) {
    long now = nanos.getAsLong();
    if (!isDeaf) {
      hearingAt = now;
      return false;
    }
    if (now - hearingAt <= DEAF_NANOS || now - rejoinedAt <= REJOIN_NANOS) {
      return false;
    }
    rejoinedAt = now;
    return true;
  }
}
