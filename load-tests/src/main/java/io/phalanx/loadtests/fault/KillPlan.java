package io.phalanx.loadtests.fault;

import java.time.Duration;

/**
 * How often the service is killed, under what.
 *
 * @param kills of the service when it is ready, and now and then before
 * @param leastUp shortest time from ready to the kill
 * @param mostUp longest time from ready to the kill
 * @param miners in the fleet
 * @param perSecond deployments posted
 * @param seed of everything random
 */
public record KillPlan(
    int kills, Duration leastUp, Duration mostUp, int miners, double perSecond, long seed) {
  public KillPlan {
    if (kills < 1 || miners < 1 || leastUp.compareTo(mostUp) >= 0) {
      throw new IllegalArgumentException("kills, miners, and a span of time between kills");
    }
  }

  /** So many kills under a load that a small machine bears beside the clients. */
  public static KillPlan of(int kills, long seed) {
    return new KillPlan(kills, Duration.ofMillis(150), Duration.ofMillis(1_500), 100, 30, seed);
  }
}
