package io.phalanx.loadtests.scale;

import java.time.Duration;
import java.util.List;

/**
 * How it is measured.
 *
 * @param nodes sizes of the clusters, one after the other
 * @param connections keep-alive connections of the load, over all nodes that are asked
 * @param windows of each kind of load
 * @param window how long each is
 * @param warmUp before the first window of each kind
 * @param heap of each node, such as {@code 1g}
 * @param probes single writes that are read at another node at once
 */
public record ScalePlan(
    List<Integer> nodes,
    int connections,
    int windows,
    Duration window,
    Duration warmUp,
    String heap,
    int probes) {
  public ScalePlan {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty() || nodes.stream().anyMatch(size -> size < 1 || size > 9)) {
      throw new IllegalArgumentException("clusters of 1 to 9 nodes, not " + nodes);
    }
    if (windows < 1 || probes < 1) {
      throw new IllegalArgumentException("at least one window and one probe");
    }
  }
}
