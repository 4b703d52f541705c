package io.phalanx.placement.kernel;

import io.phalanx.placement.Demand;
import io.phalanx.placement.Preference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which demands accept the same miners, and which rank them in the same way too. Bids above every
 * ask are all the same, and so are scores that every miner has. A demand for which miners are held
 * is like no other.
 */
final class Kinds {
  /** By demand: those of one class accept the same miners. */
  final int[] classOf;

  /** By demand: those of one kind are of one class and have the same preference. */
  final int[] kindOf;

  final int classes;
  final int kinds;

  private final long highestAsk;
  private final int leastPerformance;
  private final Names holders;
  private final boolean[] holding;

  /** What decides whom a demand accepts. */
  private record Accepts(
      int holder,
      int tiers,
      int minPerformance,
      long maxGasPrice,
      Set<String> regions,
      Set<String> allowOperators,
      Set<String> denyOperators,
      Set<String> excludedMiners) {}

  private record Kind(int ofClass, Preference preference) {}

  Kinds(Fleet fleet, List<Demand> demands) {
    highestAsk = Arrays.stream(fleet.ask).max().orElse(0);
    leastPerformance = Arrays.stream(fleet.performance).min().orElse(0);
    holders = fleet.holders;
    holding = fleet.holding();
    classOf = new int[demands.size()];
    kindOf = new int[demands.size()];
    Map<Accepts, Integer> classIds = new HashMap<>();
    Map<Kind, Integer> kindIds = new HashMap<>();
    for (int d = 0; d < classOf.length; d++) {
      Demand demand = demands.get(d);
      classOf[d] = classIds.computeIfAbsent(accepts(demand), key -> classIds.size());
      kindOf[d] =
          kindIds.computeIfAbsent(new Kind(classOf[d], demand.preference()), key -> kindIds.size());
    }
    classes = classIds.size();
    kinds = kindIds.size();
  }

  private Accepts accepts(Demand demand) {
    int holder = holders.find(demand.deploymentId());
    return new Accepts(
        holder >= 0 && holding[holder] ? holder : Columns.NOBODY,
        demand.tiers().mask(),
        demand.minPerformance() <= leastPerformance ? 0 : demand.minPerformance(),
        Math.min(demand.maxGasPrice(), highestAsk),
        demand.regions(),
        demand.allowOperators(),
        demand.denyOperators(),
        demand.excludedMiners());
  }
}
