package io.phalanx.loadtests.compare;

import com.google.ortools.Loader;
import com.google.ortools.graph.MinCostFlow;
import com.google.ortools.graph.MinCostFlowBase;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A problem without its gangs as a flow: source, demand, demand's share of an operator where that
 * is capped, miner, sink. It has only some of the pairs; the others are priced with the potentials
 * of the optimum, so that it can be told whether any of them would improve it.
 */
final class FlowNetwork {
  private static final int FIRST_ARCS = 1 << 16;

  private final Grid grid;
  private final long perValue;
  private final Map<Long, Integer> shares = new HashMap<>();
  private final int source;
  private final int sink;
  private int nodes;
  private int arcs;
  private int[] tail = new int[FIRST_ARCS];
  private int[] head = new int[FIRST_ARCS];
  private int[] capacity = new int[FIRST_ARCS];
  private long[] cost = new long[FIRST_ARCS];
  private int[] flow = new int[0];
  private long[] potential = new long[0];

  /** The network without any pair. */
  FlowNetwork(Grid grid, long perValue) {
    Loader.loadNativeLibraries();
    this.grid = grid;
    this.perValue = perValue;
    this.source = grid.demands + grid.miners;
    this.sink = source + 1;
    this.nodes = sink + 1;
    for (int d = 0; d < grid.demands; d++) {
      arc(source, d, grid.lacking(d), 0);
    }
    for (int miner = 0; miner < grid.miners; miner++) {
      arc(grid.demands + miner, sink, 1, 0);
    }
    arc(source, sink, grid.slots, 0);
  }

  /** Pairs, and what binds them together. */
  int arcs() {
    return arcs;
  }

  /** Lets the demand have that miner. */
  void add(int d, int miner) {
    arc(shareFor(d, miner), grid.demands + miner, 1, -worth(d, miner));
  }

  private int shareFor(int d, int miner) {
    if (!isCapped(d)) {
      return d;
    }
    long key = (long) d * grid.operators + grid.operator[miner];
    Integer known = shares.get(key);
    if (known != null) {
      return known;
    }
    int share = nodes++;
    shares.put(key, share);
    arc(d, share, grid.cap(d), 0);
    return share;
  }

  private boolean isCapped(int d) {
    return grid.cap(d) < grid.lacking(d);
  }

  private long worth(int d, int miner) {
    return grid.value[d] * perValue + grid.fit(d, miner);
  }

  private void arc(int from, int to, int atMost, long price) {
    if (arcs == tail.length) {
      tail = Arrays.copyOf(tail, 2 * arcs);
      head = Arrays.copyOf(head, 2 * arcs);
      capacity = Arrays.copyOf(capacity, 2 * arcs);
      cost = Arrays.copyOf(cost, 2 * arcs);
    }
    tail[arcs] = from;
    head[arcs] = to;
    capacity[arcs] = atMost;
    cost[arcs++] = price;
  }

  /** Finds the cheapest flow over the pairs that are there, and its potentials. */
  void solve() {
    MinCostFlow solver = new MinCostFlow(nodes, arcs);
    for (int a = 0; a < arcs; a++) {
      solver.addArcWithCapacityAndUnitCost(tail[a], head[a], capacity[a], cost[a]);
    }
    solver.setNodeSupply(source, grid.slots);
    solver.setNodeSupply(sink, -grid.slots);
    MinCostFlowBase.Status status = solver.solve();
    if (status != MinCostFlowBase.Status.OPTIMAL) {
      throw new IllegalStateException("the flow is " + status);
    }
    flow = new int[arcs];
    for (int a = 0; a < arcs; a++) {
      flow[a] = (int) solver.getFlow(a);
    }
    solver.delete();
    findPotentials();
  }

  /**
   * Shortest distances in what is left of the network: no arc of it is cheaper than they differ.
   */
  private void findPotentials() {
    int[] next = new int[2 * arcs];
    int[] first = new int[nodes];
    Arrays.fill(first, -1);
    for (int a = 0; a < arcs; a++) {
      if (flow[a] < capacity[a]) {
        next[2 * a] = first[tail[a]];
        first[tail[a]] = 2 * a;
      }
      if (flow[a] > 0) {
        next[2 * a + 1] = first[head[a]];
        first[head[a]] = 2 * a + 1;
      }
    }
    potential = new long[nodes];
    boolean[] queued = new boolean[nodes];
    ArrayDeque<Integer> queue = new ArrayDeque<>(nodes);
    for (int node = 0; node < nodes; node++) {
      queue.add(node);
      queued[node] = true;
    }
    while (!queue.isEmpty()) {
      int node = queue.poll();
      queued[node] = false;
      for (int i = first[node]; i >= 0; i = next[i]) {
        int a = i >> 1;
        boolean forward = (i & 1) == 0;
        int to = forward ? head[a] : tail[a];
        long reached = potential[node] + (forward ? cost[a] : -cost[a]);
        if (reached < potential[to]) {
          potential[to] = reached;
          if (!queued[to]) {
            queued[to] = true;
            queue.add(to);
          }
        }
      }
    }
    lowerFreeMiners();
  }

  /**
   * A miner that has no slot may be as low as the sink: nothing but its arc to the sink binds it.
   */
  private void lowerFreeMiners() {
    for (int a = 0; a < arcs; a++) {
      if (head[a] == sink && tail[a] != source && flow[a] == 0) {
        potential[tail[a]] = potential[sink];
      }
    }
  }

  /** What the pair would save if it were there; not above 0: nothing. */
  long saving(int d, int miner) {
    int from = d;
    if (isCapped(d)) {
      from = shares.getOrDefault((long) d * grid.operators + grid.operator[miner], d);
    }
    return worth(d, miner) - potential[from] + potential[grid.demands + miner];
  }

  /** The miner of each slot in the flow; gangs may be broken. */
  int[] minerOf() {
    int[] demandOfNode = new int[nodes];
    for (int d = 0; d < grid.demands; d++) {
      demandOfNode[d] = d;
    }
    shares.forEach((key, node) -> demandOfNode[node] = (int) (key / grid.operators));
    int[] minerOf = grid.nothing();
    int[] used = new int[grid.demands];
    for (int a = 0; a < arcs; a++) {
      int miner = head[a] - grid.demands;
      if (flow[a] > 0 && miner >= 0 && miner < grid.miners && tail[a] != source) {
        int d = demandOfNode[tail[a]];
        minerOf[grid.firstSlot[d] + used[d]++] = miner;
      }
    }
    return minerOf;
  }
}
