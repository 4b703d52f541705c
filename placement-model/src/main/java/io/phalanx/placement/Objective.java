package io.phalanx.placement;

import java.util.EnumMap;
import java.util.Map;

/**
 * Weights and constants of the score: policy, so data.
 *
 * @param weights one for each preference
 * @param bidCap a bid counts up to this many reference prices
 * @param maxWaitSeconds a wait counts up to this
 * @param secondsPerReferencePrice a wait of so long is worth one reference price
 * @param performancePerSpeedPoint P that earns one point of speed
 * @param securityPerTier points for each tier above the worst
 * @param wastePerTier points of frugality lost for each tier better than asked for
 * @param performancePerWastePoint P that loses one point of frugality
 * @param maxPerformanceWaste most points of frugality that performance loses
 * @param secondsPerRestPoint idle seconds that earn one point of rest
 * @param dispersionFloor with fewer operators or Active miners than this, dispersion is damped
 */
public record Objective(
    Map<Preference, Weights> weights,
    int bidCap,
    long maxWaitSeconds,
    long secondsPerReferencePrice,
    int performancePerSpeedPoint,
    int securityPerTier,
    int wastePerTier,
    int performancePerWastePoint,
    int maxPerformanceWaste,
    int secondsPerRestPoint,
    int dispersionFloor) {
  /** The constants of the contract, with the weights of its table. */
  public static final Objective DEFAULT =
      new Objective(
          Map.of(
              Preference.BALANCED, new Weights(3, 2, 1, 1, 1, 2),
              Preference.SECURE, new Weights(1, 1, 5, 1, 1, 1),
              Preference.FAST, new Weights(1, 5, 1, 1, 1, 1),
              Preference.CHEAP, new Weights(5, 0, 0, 3, 1, 1)),
          20,
          2_592_000,
          3_600,
          3,
          250,
          150,
          8,
          400,
          4,
          10);

  public Objective {
    if (weights.size() != Preference.values().length) {
      throw new IllegalArgumentException("weights are not given for every preference");
    }
    weights = Map.copyOf(new EnumMap<>(weights));
    requireRange("bidCap", bidCap, 1, 1_000);
    requireRange("maxWaitSeconds", maxWaitSeconds, 0, 31_536_000);
    requireRange("secondsPerReferencePrice", secondsPerReferencePrice, 60, 31_536_000);
    requireRange("performancePerSpeedPoint", performancePerSpeedPoint, 1, 1_000_000);
    requireRange("securityPerTier", securityPerTier, 0, 250);
    requireRange("wastePerTier", wastePerTier, 0, 250);
    requireRange("performancePerWastePoint", performancePerWastePoint, 1, 1_000_000);
    // so that frugality is never cut off at 0 and one ranking serves every set of tiers
    requireRange("maxPerformanceWaste", maxPerformanceWaste, 0, 1_000 - 4L * wastePerTier);
    requireRange("secondsPerRestPoint", secondsPerRestPoint, 1, 31_536_000);
    requireRange("dispersionFloor", dispersionFloor, 1, 1_000_000);
  }

  public Weights weights(Preference preference) {
    Weights found = weights.get(preference);
    if (found == null) {
      throw new IllegalStateException("no weights for " + preference);
    }
    return found;
  }

  /**
   * What placing one slot of {@code demand} is worth: its bid up to a cap, and its wait. Two
   * waiting deployments never change their order by waiting on.
   */
  public long value(Demand demand, long referencePrice) {
    return Math.min(demand.maxGasPrice(), bidCap * referencePrice)
        + referencePrice
            * Math.min(demand.waitedSeconds(), maxWaitSeconds)
            / secondsPerReferencePrice;
  }

  private static void requireRange(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " is not in " + min + ".." + max + ": " + value);
    }
  }
}
