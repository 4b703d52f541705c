package io.phalanx.placement.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whom a demand accepts, in the numbers of a fleet. Null = no limit. */
final class Wishes {
  final int tiers;
  private final int self;
  private final int minPerformance;
  private final long maxGasPrice;
  private final boolean @Nullable [] regions;
  private final boolean @Nullable [] operators;
  private final int @Nullable [] excluded;

  /**
   * @param self the demand's number among those for whom miners are held, or −1
   */
  @SuppressWarnings("checkstyle:ParameterNumber") // the limits of a demand, made in one place
  Wishes(
      int self,
      int tiers,
      int minPerformance,
      long maxGasPrice,
      boolean @Nullable [] regions,
      boolean @Nullable [] operators,
      int @Nullable [] excluded) {
    this.self = self;
    this.tiers = tiers;
    this.minPerformance = minPerformance;
    this.maxGasPrice = maxGasPrice;
    this.regions = regions;
    this.operators = operators;
    this.excluded = excluded;
  }

  boolean accept(Fleet fleet, int miner) {
    return (tiers >> fleet.tier[miner] & 1) != 0 && meet(fleet, miner);
  }

  /** As {@link #accept} when the tier is known to be accepted. */
  boolean meet(Fleet fleet, int miner) {
    return fleet.performance[miner] >= minPerformance
        && fleet.ask[miner] <= maxGasPrice
        && (fleet.holder[miner] == Columns.NOBODY || fleet.holder[miner] == self)
        && (regions == null || regions[fleet.region[miner]])
        && (operators == null || operators[fleet.operator[miner]])
        && (excluded == null || Arrays.binarySearch(excluded, miner) < 0);
  }
}
