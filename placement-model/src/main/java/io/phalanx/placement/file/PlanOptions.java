package io.phalanx.placement.file;

import io.phalanx.placement.Market;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the offline planner is asked to do.
 *
 * @param repeat how often the solve is repeated, at least 1; times are then medians of the last
 *     half
 * @param referencePrice pico-PHA for a unit of gas
 * @param serviceRules leave out the miners that the service would not let start
 */
public record PlanOptions(
    Path miners,
    Path deployments,
    Duration timeLimit,
    long seed,
    int repeat,
    long referencePrice,
    boolean serviceRules) {
  public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(1);
  public static final long DEFAULT_REFERENCE_PRICE = 1000;
  private static final int MAX_REPEAT = 100_000;

  public PlanOptions {
    if (timeLimit.isNegative() || timeLimit.isZero()) {
      throw new IllegalArgumentException("time-limit is not positive");
    }
    if (repeat < 1 || repeat > MAX_REPEAT) {
      throw new IllegalArgumentException("repeat is not in 1.." + MAX_REPEAT);
    }
    if (referencePrice < 1 || referencePrice > Market.MAX_REFERENCE_PRICE) {
      throw new IllegalArgumentException("reference-price is not in 1..10^10");
    }
  }

  /** These two files, everything else as documented. */
  public static PlanOptions of(Path miners, Path deployments) {
    return new PlanOptions(
        miners, deployments, DEFAULT_TIME_LIMIT, 0, 1, DEFAULT_REFERENCE_PRICE, false);
  }
}
