package io.phalanx.simulator;

import java.time.Duration;

/**
 * How long and how fast.
 *
 * @param duration of the load; registering and starting the fleet comes before it
 * @param warmUp the first part of the duration, in which no latency is measured
 * @param speed durations of simulated work are divided by it; the service's clock is its own
 * @param readingInterval how often a running miner reports its gas
 */
public record Pace(Duration duration, Duration warmUp, double speed, Duration readingInterval) {
  public Pace {
    if (duration.isNegative() || warmUp.isNegative() || readingInterval.toMillis() < 1) {
      throw new IllegalArgumentException("durations are not negative, readings 1 ms apart or more");
    }
    if (!(speed > 0)) {
      throw new IllegalArgumentException("the speed is positive");
    }
  }

  /** Measured from the start, a reading every two seconds. */
  public static Pace of(Duration duration, double speed) {
    return new Pace(duration, Duration.ZERO, speed, Duration.ofSeconds(2));
  }
}
