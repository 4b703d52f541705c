package io.phalanx.placement;

import java.util.Map;
import java.util.Set;

/**
 * The slots that a deployment lacks now.
 *
 * @param maxGasPrice the bid, pico-PHA for a unit of gas
 * @param regions empty = anywhere
 * @param allowOperators empty = all
 * @param excludedMiners miners that must not get it: after a failed start, and those that already
 *     run it
 * @param lacking slots to place now, at least 1
 * @param required the fewest slots that may be placed now: minReplicas less the live ones until
 *     first Placed, else 1
 * @param maxPerOperator most slots on one operator, live ones counted; 0 = no cap
 * @param liveByOperator its live replicas by operator
 * @param waitedSeconds how long it has waited
 */
public record Demand(
    String deploymentId,
    TierSet tiers,
    int minPerformance,
    long maxGasPrice,
    Set<String> regions,
    Set<String> allowOperators,
    Set<String> denyOperators,
    Set<String> excludedMiners,
    Preference preference,
    int lacking,
    int required,
    int maxPerOperator,
    Map<String, Integer> liveByOperator,
    long waitedSeconds) {
  public Demand {
    if (lacking < 1 || required < 1 || required > lacking) {
      throw new IllegalArgumentException("1 <= required <= lacking does not hold: " + deploymentId);
    }
    if (maxGasPrice < 0 || maxPerOperator < 0 || waitedSeconds < 0) {
      throw new IllegalArgumentException("negative figure of deployment " + deploymentId);
    }
    regions = Set.copyOf(regions);
    allowOperators = Set.copyOf(allowOperators);
    denyOperators = Set.copyOf(denyOperators);
    excludedMiners = Set.copyOf(excludedMiners);
    liveByOperator = Map.copyOf(liveByOperator);
  }

  /** The same after another wait. */
  public Demand waited(long seconds) {
    return seconds == waitedSeconds
        ? this
        : new Demand(
            deploymentId,
            tiers,
            minPerformance,
            maxGasPrice,
            regions,
            allowOperators,
            denyOperators,
            excludedMiners,
            preference,
            lacking,
            required,
            maxPerOperator,
            liveByOperator,
            seconds);
  }

  /** How many more slots of it {@code operator} may take, live ones counted. */
  public int roomOn(String operator) {
    return maxPerOperator == 0
        ? Integer.MAX_VALUE
        : Math.max(0, maxPerOperator - liveByOperator.getOrDefault(operator, 0));
  }
}
