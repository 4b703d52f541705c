package io.phalanx.loadtests.scale;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a cluster of one size showed.
 *
 * @param nodes how many
 * @param idle what they use in a second in which nothing is asked
 * @param leader index of the node that led
 * @param costs of each kind of load that was measured
 * @param writing of the leader, over all windows of writes
 * @param lateness of a read at another node than the write's
 */
record SizeFigures(
    int nodes,
    Usage idle,
    int leader,
    Map<Load, Cost> costs,
    Writing writing,
    ReadProbe.Lateness lateness) {
  SizeFigures {
    costs = new EnumMap<>(costs);
  }

  /** What that load cost; only of one that was measured on so many nodes. */
  Cost cost(Load load) {
    Cost cost = costs.get(load);
    if (cost == null) {
      throw new IllegalArgumentException(load + " was not measured on " + nodes + " nodes");
    }
    return cost;
  }

  /** How many nodes were not asked and did not lead. */
  int others(Load load) {
    return switch (load.where()) {
      case NONE, LEADER -> nodes - 1;
      case FOLLOWER -> Math.max(0, nodes - 2);
      case ALL -> 0;
    };
  }
}
