package io.phalanx.placement.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whom a demand accepts, in the numbers of a fleet. Null = no limit. */
final class Wishes {
  final int tiers;
  private final int minPerformance;
  private final long maxGasPrice;
  private final boolean @Nullable [] regions;
  private final boolean @Nullable [] operators;
  private final int @Nullable [] excluded;

  /** Its number among those that miners are held for, or −1. */
  private final int holder;

  /** What is a number of them. */
  record Figures(int tiers, int minPerformance, long maxGasPrice) {}

  Wishes(
      Figures figures,
      boolean @Nullable [] regions,
      boolean @Nullable [] operators,
      int @Nullable [] excluded,
      int holder) {
    this.tiers = figures.tiers();
    this.minPerformance = figures.minPerformance();
    this.maxGasPrice = figures.maxGasPrice();
    this.regions = regions;
    this.operators = operators;
    this.excluded = excluded;
    this.holder = holder;
  }

  boolean accept(Fleet fleet, int miner) {
    return (tiers >> fleet.tier[miner] & 1) != 0 && meet(fleet, miner);
  }

  /** As {@link #accept} when the tier is known to be accepted. */
  boolean meet(Fleet fleet, int miner) {
    return fleet.performance[miner] >= minPerformance
        && fleet.ask[miner] <= maxGasPrice
        && (regions == null || regions[fleet.region[miner]])
        && (operators == null || operators[fleet.operator[miner]])
        && (excluded == null || Arrays.binarySearch(excluded, miner) < 0)
        && fleet.isFreeFor(holder, miner);
  }
}
