package io.phalanx.placement.kernel;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When a solve has to end. It reads a monotonic clock that is passed in. */
public final class Deadline {
  private final LongSupplier nanoClock;
  private final long start;
  private final long nanos;
  private boolean missed;

  public Deadline(Duration limit, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
    this.nanos = limit.compareTo(Duration.ofDays(1)) > 0 ? Long.MAX_VALUE : limit.toNanos();
  }

  /** Whether more than half of the time is over, so that a first part leaves some to the others. */
  public boolean isHalfOver() {
    if (elapsedNanos() < nanos / 2) {
      return false;
    }
    missed = true;
    return true;
  }

  /** Whether it has passed. Once it was noticed, the solve counts as ended by time. */
  public boolean hasPassed() {
    if (elapsedNanos() < nanos) {
      return false;
    }
    missed = true;
    return true;
  }

  /** Whether anyone noticed that it had passed. */
  public boolean wasMissed() {
    return missed;
  }

  public long elapsedNanos() {
    return nanoClock.getAsLong() - start;
  }
}
