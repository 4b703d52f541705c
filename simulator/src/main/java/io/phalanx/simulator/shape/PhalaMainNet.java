package io.phalanx.simulator.shape;

import java.util.SplittableRandom;

/**
 * Figures of Phala's main net at block 2,700,000 (2023-06-06), and of Khala at block 2,761,100 for
 * the sizes of owners and the spread of stakes; regions and asks are not on the chain and are ours.
 */
final class PhalaMainNet {
  /** Workers of tier 1..5; tier 3 had none. */
  static final int[] WORKERS_BY_TIER = {196, 1_948, 0, 252, 1_228};

  /** The score is always iterations per second times this. */
  static final int PERFORMANCE_STEP = 6;

  static final int PERFORMANCE_MAX = 3_636;
  static final String[] REGIONS = {"eu", "us", "ap", "sa", "af"};
  static final int[] REGION_WEIGHTS = {47, 33, 15, 3, 2};

  /** Owners of whom one has weight (rank + 10)^-1.6: the ten largest hold 35 %, as on Khala. */
  private static final double OWNER_OFFSET = 10;

  private static final double OWNER_EXPONENT = 1.6;

  /** Owners on Khala. */
  private static final int OWNERS_MAX = 1_025;

  private static final double OWNERS_PER_MINER = 0.3;

  private PhalaMainNet() {}

  /** Cumulative weights of the owners of a fleet of this size. */
  static double[] ownerWeights(int miners) {
    int owners = Math.max(1, Math.min(OWNERS_MAX, (int) Math.ceil(miners * OWNERS_PER_MINER)));
    double[] cumulative = new double[owners];
    double sum = 0;
    for (int rank = 1; rank <= owners; rank++) {
      sum += Math.pow(rank + OWNER_OFFSET, -OWNER_EXPONENT);
      cumulative[rank - 1] = sum;
    }
    return cumulative;
  }

  /** A score: a slow machine of 50..600, a fast one of 1,700..1,950, or a rare one above. */
  static int performance(int tier, SplittableRandom random) {
    double mode = random.nextDouble();
    double score =
        switch (tier) {
          case 1 -> mode < 0.04 ? fast(random) : spread(60, 100, 560, random);
          case 2 -> mode < 0.02 ? rare(random) : mode < 0.70 ? fast(random) : slow(random);
          case 4 -> mode < 0.05 ? spread(300, 540, 600, random) : spread(30, 60, 72, random);
          default -> mode < 0.02 ? rare(random) : mode < 0.32 ? fast(random) : slow(random);
        };
    int steps = (int) Math.round(score / PERFORMANCE_STEP);
    return Math.min(PERFORMANCE_MAX, steps * PERFORMANCE_STEP);
  }

  /** Median ask of the tier in pico-PHA for a unit of gas: better tiers ask for more. */
  static double medianAsk(int tier) {
    return switch (tier) {
      case 1 -> 320;
      case 2 -> 280;
      case 3 -> 220;
      case 4 -> 110;
      default -> 140;
    };
  }

  private static double slow(SplittableRandom random) {
    return spread(150, 540, 600, random);
  }

  private static double fast(SplittableRandom random) {
    return spread(1_700, 1_836, 1_950, random);
  }

  private static double rare(SplittableRandom random) {
    return spread(1_950, 2_000, PERFORMANCE_MAX, random);
  }

  /** A triangular draw: nothing outside the ends, most near the mode. */
  private static double spread(double low, double mode, double high, SplittableRandom random) {
    double u = random.nextDouble();
    double cut = (mode - low) / (high - low);
    return u < cut
        ? low + Math.sqrt(u * (high - low) * (mode - low))
        : high - Math.sqrt((1 - u) * (high - low) * (high - mode));
  }
}
