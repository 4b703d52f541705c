package io.phalanx.loadtests.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** How a network falls apart between the nodes of a cluster and their database. */
public enum PartitionShape {
  /** The node that leads reaches nobody and is reached by nobody. */
  LEADER_ALONE {
    @Override
    void cut(Network network, int leader, Set<Cut> cuts) {
      network.separate(leader, network.others(leader), cuts);
      network.separate(leader, List.of(STORE), cuts);
    }
  },
  /** The same for a node that does not lead. */
  FOLLOWER_ALONE {
    @Override
    void cut(Network network, int leader, Set<Cut> cuts) {
      LEADER_ALONE.cut(network, network.follower(leader), cuts);
    }
  },
  /** The node that leads reaches the database and no other node. */
  LEADER_WITH_STORE_ONLY {
    @Override
    void cut(Network network, int leader, Set<Cut> cuts) {
      network.separate(leader, network.others(leader), cuts);
    }
  },
  /** What the node that leads sends arrives, and nothing arrives there. */
  LEADER_HEARS_NOBODY {
    @Override
    void cut(Network network, int leader, Set<Cut> cuts) {
      network.others(leader).forEach(other -> cuts.add(new Cut(other, leader)));
      cuts.add(new Cut(STORE, leader));
    }
  },
  /** What is sent to the node that leads arrives, and nothing comes from there. */
  LEADER_IS_NOT_HEARD {
    @Override
    void cut(Network network, int leader, Set<Cut> cuts) {
      network.others(leader).forEach(other -> cuts.add(new Cut(leader, other)));
      cuts.add(new Cut(leader, STORE));
    }
  },
  /** One that does not lead reaches the database only; all others reach each other. */
  FOLLOWER_WITH_STORE_ONLY {
    @Override
    void cut(Network network, int leader, Set<Cut> cuts) {
      int follower = network.follower(leader);
      network.separate(follower, network.others(follower), cuts);
    }
  };

  /** The database, where nodes are numbers from 0. */
  static final int STORE = -1;

  /** What is lost on its way from one to another; the way back is another one. */
  record Cut(int from, int to) {}

  /** So many nodes, from 0. */
  private record Network(int nodes) {
    List<Integer> others(int node) {
      return IntStream.range(0, nodes).filter(other -> other != node).boxed().toList();
    }

    int follower(int leader) {
      return (leader + 1) % nodes;
    }

    void separate(int one, List<Integer> from, Set<Cut> cuts) {
      for (int other : from) {
        cuts.add(new Cut(one, other));
        cuts.add(new Cut(other, one));
      }
    }
  }

  abstract void cut(Network network, int leader, Set<Cut> cuts);

  /**
   * What is lost.
   *
   * @param leader the node that leads when it begins
   * @param nodes how many there are
   */
  Set<Cut> cuts(int leader, int nodes) {
    Set<Cut> cuts = new HashSet<>();
    cut(new Network(nodes), leader, cuts);
    return Set.copyOf(cuts);
  }
}
