package io.phalanx.simulator.load;

import java.time.Duration;

/**
 * How much is sent, and how long.
 *
 * @param perSecond fixed rate, whatever the answers do; 0 for as fast as answers come
 * @param connections one request at a time on each
 * @param duration of the whole
 * @param warmUp its first part, not measured
 */
public record LoadPlan(double perSecond, int connections, Duration duration, Duration warmUp) {
  public LoadPlan {
    if (perSecond < 0
        || connections < 1
        || warmUp.isNegative()
        || duration.compareTo(warmUp) <= 0) {
      throw new IllegalArgumentException("a rate of 0 or more, connections, and a longer duration");
    }
  }

  /** At a fixed rate. */
  public static LoadPlan open(
      double perSecond, int connections, Duration duration, Duration warmUp) {
    if (perSecond <= 0) {
      throw new IllegalArgumentException("a fixed rate is positive");
    }
    return new LoadPlan(perSecond, connections, duration, warmUp);
  }

  /** Each connection sends its next request when its last is answered. */
  public static LoadPlan closed(int connections, Duration duration, Duration warmUp) {
    return new LoadPlan(0, connections, duration, warmUp);
  }

  boolean open() {
    return perSecond > 0;
  }
}
