package io.phalanx.loadtests.fairness;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The network at the end of an hour.
 *
 * @param hour from 1
 * @param online miners that are heard and take part
 * @param active of them with work
 * @param waiting replicas that wait
 * @param operators with a miner online
 * @param nakamoto the fewest operators that together have more than half of the Active miners
 * @param gini of the Active miners over the operators online: 0 all alike, towards 1 one has all
 * @param onlineByTier from tier 1
 * @param activeByTier from tier 1
 */
record Hour(
    int hour,
    int online,
    int active,
    int waiting,
    int operators,
    int nakamoto,
    double gini,
    List<Integer> onlineByTier,
    List<Integer> activeByTier) {

  /** How many of the largest shares make up more than half. */
  static int nakamoto(Collection<Integer> shares) {
    int[] sorted = shares.stream().mapToInt(Integer::intValue).sorted().toArray();
    int all = Arrays.stream(sorted).sum();
    int sum = 0;
    int count = 0;
    for (int i = sorted.length - 1; i >= 0 && 2 * sum <= all; i--) {
      sum += sorted[i];
      count++;
    }
    return all == 0 ? 0 : count;
  }

  /** The Gini coefficient of the shares, those of 0 counted. */
  static double gini(Collection<Integer> shares) {
    int[] sorted = shares.stream().mapToInt(Integer::intValue).sorted().toArray();
    double all = Arrays.stream(sorted).sum();
    double weighted = 0;
    for (int i = 0; i < sorted.length; i++) {
      weighted += (2.0 * (i + 1) - sorted.length - 1) * sorted[i];
    }
    return all == 0 ? 0 : weighted / (sorted.length * all);
  }
}
