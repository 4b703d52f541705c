package io.phalanx.loadtests.cluster;

/**
 * What a cluster bears while faults happen to it.
 *
 * @param nodes in the cluster
 * @param miners in the fleet of each node's clients
 * @param perSecond deployments posted to each node
 * @param seed of everything random
 */
public record ClusterLoad(int nodes, int miners, double perSecond, long seed) {
  public ClusterLoad {
    if (nodes < 2 || miners < 1) {
      throw new IllegalArgumentException("a cluster of at least 2 nodes, and miners");
    }
  }

  /** Three nodes under a load that a small machine bears beside them and the database. */
  public static ClusterLoad usual(long seed) {
    return new ClusterLoad(3, 12, 6, seed);
  }
}
