package io.phalanx.loadtests.cluster;

import java.time.Duration;
import java.util.List;

/**
 * How the network of a cluster falls apart, under what.
 *
 * @param shapes one after the other, with everything whole again in between
 * @param lasting how long each of them
 * @param load what the cluster bears meanwhile
 */
public record PartitionPlan(List<PartitionShape> shapes, Duration lasting, ClusterLoad load) {
  public PartitionPlan {
    shapes = List.copyOf(shapes);
  }
}
