package io.phalanx.api.support;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that runs like every other from another time, and can be put forward. */
public final class ShiftedClock implements InstantSource {
  private final AtomicReference<Duration> shift;

  /** It is that time now. */
  public ShiftedClock(Instant now) {
    this.shift = new AtomicReference<>(Duration.between(Instant.now(), now));
  }

  /** Time passes at once. */
  public void pass(Duration time) {
    shift.updateAndGet(before -> before.plus(time));
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(shift.get());
  }
}
