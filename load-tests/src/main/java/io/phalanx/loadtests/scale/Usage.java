package io.phalanx.loadtests.scale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the processes of a cluster have used of the processors.
 *
 * @param nodes each
 * @param database all processes of it
 */
record Usage(List<Duration> nodes, Duration database) {
  Usage {
    nodes = List.copyOf(nodes);
  }

  /** What was used since then. */
  Usage minus(Usage before) {
    List<Duration> since = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      since.add(nodes.get(i).minus(before.nodes.get(i)));
    }
    return new Usage(since, database.minus(before.database));
  }

  /** Both together. */
  Usage plus(Usage other) {
    List<Duration> sum = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      sum.add(nodes.get(i).plus(other.nodes.get(i)));
    }
    return new Usage(sum, database.plus(other.database));
  }
}
