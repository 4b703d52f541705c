package io.phalanx.simulator.shape;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A simulated contract before it is posted.
 *
 * @param name unique within its demand
 * @param maxPerOperator 0 for no cap
 * @param maxGasPrice pico-PHA for one unit of gas
 * @param budget pico-PHA
 * @param runsFor how long each replica works before it is complete, at speed 1
 */
public record DeploymentSpec(
    String name,
    List<Integer> tiers,
    int minPerformance,
    int replicas,
    int minReplicas,
    int maxPerOperator,
    List<String> regions,
    List<String> allowOperators,
    List<String> denyOperators,
    String preference,
    long maxGasPrice,
    BigInteger budget,
    Optional<Duration> queueTimeout,
    Duration runsFor) {

  public DeploymentSpec {
    tiers = List.copyOf(tiers);
    regions = List.copyOf(regions);
    allowOperators = List.copyOf(allowOperators);
    denyOperators = List.copyOf(denyOperators);
    if (tiers.isEmpty() || minReplicas < 1 || minReplicas > replicas) {
      throw new IllegalArgumentException(
          "no tiers, or 1 <= minReplicas <= replicas fails: " + name);
    }
  }

  /** A machine of the greatest score at the greatest price cannot use this up in the time given. */
  static BigInteger ampleBudget(long maxGasPrice, int replicas, Duration runsFor) {
    return budget(maxGasPrice, replicas, 6_000_000, 2 * runsFor.toSeconds() + 60);
  }

  /** Runs out on any machine of P = 100 and above. */
  static BigInteger tightBudget(long maxGasPrice, int replicas, Duration runsFor) {
    return budget(maxGasPrice, replicas, 40_000, 1 + runsFor.toSeconds());
  }

  private static BigInteger budget(long price, int replicas, long gasPerSecond, long seconds) {
    return BigInteger.valueOf(Math.max(1, price))
        .multiply(BigInteger.valueOf(replicas))
        .multiply(BigInteger.valueOf(gasPerSecond))
        .multiply(BigInteger.valueOf(seconds));
  }
}
