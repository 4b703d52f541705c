package io.phalanx.loadtests.cluster;

import java.util.List;

/**
 * What happens to how many nodes, under what.
 *
 * @param nodes in the cluster
 * @param faults one after the other
 * @param miners in the fleet of each node's clients
 * @param perSecond deployments posted to each node
 * @param seed of everything random
 */
public record ClusterPlan(
    int nodes, List<ClusterFault> faults, int miners, double perSecond, long seed) {
  public ClusterPlan {
    faults = List.copyOf(faults);
    if (nodes < 2 || miners < 1) {
      throw new IllegalArgumentException("a cluster of at least 2 nodes, and miners");
    }
  }

  /** Three nodes under a load that a small machine bears beside them and the database. */
  public static ClusterPlan of(List<ClusterFault> faults, long seed) {
    return new ClusterPlan(3, faults, 12, 6, seed);
  }
}
