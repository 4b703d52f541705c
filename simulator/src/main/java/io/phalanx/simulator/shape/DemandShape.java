package io.phalanx.simulator.shape;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A stream of contracts from a seed, arriving at random instants that do not wait for the service.
 *
 * @param perSecond mean arrivals a second; 0 for none
 * @param meanDuration mean time a contract runs, at speed 1
 * @param gangShare share of contracts with 2..8 replicas, in 0..1
 * @param easy whether every miner suits every contract, so that only capacity can delay one
 */
public record DemandShape(
    long seed, double perSecond, Duration meanDuration, double gangShare, boolean easy) {
  private static final List<String> PREFERENCES = List.of("balanced", "secure", "fast", "cheap");
  private static final List<List<Integer>> TIERS =
      List.of(List.of(1, 2, 3), List.of(1, 2, 3, 4, 5), List.of(4, 5), List.of(1, 2), List.of(1));
  private static final int[] TIER_WEIGHTS = {35, 40, 15, 8, 2};
  private static final List<Integer> PERFORMANCES = List.of(0, 300, 500, 1_000, 1_700);
  private static final int[] PERFORMANCE_WEIGHTS = {50, 20, 15, 10, 5};
  private static final double MEDIAN_PRICE = 700;
  private static final long EASY_PRICE = 10_000;
  private static final double TIGHT_SHARE = 0.02;
  private static final double IMPATIENT_SHARE = 0.03;

  public DemandShape {
    if (perSecond < 0 || gangShare < 0 || gangShare > 1 || meanDuration.toMillis() < 1) {
      throw new IllegalArgumentException("a demand out of range: " + perSecond + "/s");
    }
  }

  /** Contracts of every kind, one in four with several replicas. */
  public static DemandShape mixed(long seed, double perSecond, Duration meanDuration) {
    return new DemandShape(seed, perSecond, meanDuration, 0.25, false);
  }

  /** Single replicas that any miner may run: what measures the service, not the shortage. */
  public static DemandShape easy(long seed, double perSecond, Duration meanDuration) {
    return new DemandShape(seed, perSecond, meanDuration, 0, true);
  }

  /** How long until the next arrival, of a Poisson process. */
  public double drawGapNanos(SplittableRandom random) {
    return -Math.log(1 - random.nextDouble()) * 1e9 / perSecond;
  }

  /** An exponential draw, cut to between a tenth and five times the mean. */
  public Duration drawDuration(SplittableRandom random) {
    double factor = Math.min(5, Math.max(0.1, -Math.log(1 - random.nextDouble())));
    return Duration.ofMillis(Math.max(1, Math.round(meanDuration.toMillis() * factor)));
  }

  /** The contract of the given number; the same for the same state of the random source. */
  public DeploymentSpec draw(long number, SplittableRandom random) {
    Duration runsFor = drawDuration(random);
    int replicas = random.nextDouble() < gangShare ? 2 + random.nextInt(7) : 1;
    int minReplicas = random.nextInt(3) == 0 ? 1 + random.nextInt(replicas) : replicas;
    long price = easy ? EASY_PRICE : price(random);
    boolean tight = !easy && random.nextDouble() < TIGHT_SHARE;
    boolean impatient = !easy && random.nextDouble() < IMPATIENT_SHARE;
    return new DeploymentSpec(
        "c" + number,
        easy ? TIERS.get(1) : TIERS.get(pick(TIER_WEIGHTS, random)),
        easy ? 0 : PERFORMANCES.get(pick(PERFORMANCE_WEIGHTS, random)),
        replicas,
        minReplicas,
        easy ? 0 : 1 + random.nextInt(2),
        !easy && random.nextInt(10) == 0 ? List.of("eu", "us") : List.of(),
        List.of(),
        !easy && random.nextInt(20) == 0 ? List.of("op-1") : List.of(),
        easy ? PREFERENCES.get(0) : PREFERENCES.get(random.nextInt(PREFERENCES.size())),
        price,
        tight
            ? DeploymentSpec.tightBudget(price, replicas, runsFor)
            : DeploymentSpec.ampleBudget(price, replicas, runsFor),
        impatient ? Optional.of(Duration.ofSeconds(10)) : Optional.empty(),
        runsFor);
  }

  private static long price(SplittableRandom random) {
    return Math.max(50, Math.round(MEDIAN_PRICE * Math.exp(0.4 * random.nextGaussian())));
  }

  private static int pick(int[] weights, SplittableRandom random) {
    int left = random.nextInt(100);
    int index = 0;
    while (left >= weights[index]) {
      left -= weights[index++];
    }
    return index;
  }
}
