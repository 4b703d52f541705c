package io.phalanx.loadtests.cluster;

import java.util.List;

/**
 * What happens to how many nodes, under what.
 *
 * @param faults one after the other
 * @param load what the cluster bears meanwhile
 */
public record ClusterPlan(List<ClusterFault> faults, ClusterLoad load) {
  public ClusterPlan {
    faults = List.copyOf(faults);
  }

  /** Under the usual load. */
  public static ClusterPlan of(List<ClusterFault> faults, long seed) {
    return new ClusterPlan(faults, ClusterLoad.usual(seed));
  }
}
