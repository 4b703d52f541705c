package io.phalanx.placement.exact;

import com.google.ortools.graph.MinCostFlow;
import com.google.ortools.graph.MinCostFlowBase.Status;
import io.phalanx.placement.Demand;
import io.phalanx.placement.PlacementProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The optimum as a minimum-cost flow: deployment → its place on an operator, with the cap → miner →
 * sink. Exact where no deployment insists on several slots at once, and a bound elsewhere.
 */
final class FlowOptimum {
  private final Pairs pairs;
  private final MinCostFlow flow = new MinCostFlow();
  private final List<Arc> arcs = new ArrayList<>();
  private final int sink;
  private int nodes;

  private FlowOptimum(Pairs pairs) {
    this.pairs = pairs;
    this.sink = pairs.demands.size() + pairs.miners.size();
    this.nodes = sink + 1;
  }

  /** The best value with every {@code minReplicas} ignored, and the best fit at that value. */
  static Optimum withoutGangs(PlacementProblem problem) {
    FlowOptimum network = new FlowOptimum(new Pairs(problem));
    long scale = network.pairs.moreThanAnyFit();
    int slots = 0;
    for (int d = 0; d < network.pairs.demands.size(); d++) {
      int lacking = network.pairs.demands.get(d).lacking();
      network.addDemand(d, lacking, scale * network.pairs.value(d));
      network.flow.addArcWithCapacityAndUnitCost(d, network.sink, lacking, 0);
      slots += lacking;
    }
    return network.solve(slots);
  }

  /** The best fit of a plan that places {@code placed[d]} slots of each deployment. */
  static long fitOf(PlacementProblem problem, int[] placed) {
    FlowOptimum network = new FlowOptimum(new Pairs(problem));
    int slots = 0;
    for (int d = 0; d < placed.length; d++) {
      network.addDemand(d, placed[d], 0);
      slots += placed[d];
    }
    return network.solve(slots).fit();
  }

  private void addDemand(int d, int slots, long worth) {
    Demand demand = pairs.demands.get(d);
    flow.setNodeSupply(d, slots);
    Map<String, Integer> placeOn = new HashMap<>();
    for (int miner : slots == 0 ? List.<Integer>of() : pairs.eligible.get(d)) {
      String operator = pairs.miners.get(miner).operator();
      int from = d;
      if (demand.maxPerOperator() > 0) {
        from = placeOn.computeIfAbsent(operator, key -> addPlace(d, demand.roomOn(key)));
      }
      long cost = -worth - pairs.fit(d, miner);
      int to = pairs.demands.size() + miner;
      arcs.add(new Arc(flow.addArcWithCapacityAndUnitCost(from, to, 1, cost), d, miner));
    }
  }

  private int addPlace(int demand, int room) {
    int place = nodes++;
    flow.addArcWithCapacityAndUnitCost(demand, place, room, 0);
    return place;
  }

  private Optimum solve(int slots) {
    for (int m = 0; m < pairs.miners.size(); m++) {
      flow.addArcWithCapacityAndUnitCost(pairs.demands.size() + m, sink, 1, 0);
    }
    flow.setNodeSupply(sink, -slots);
    Status status = flow.solve();
    if (status != Status.OPTIMAL) {
      throw new IllegalStateException("the flow is " + status);
    }
    long value = 0;
    long fit = 0;
    for (Arc arc : arcs) {
      if (flow.getFlow(arc.number()) > 0) {
        value += pairs.value(arc.demand());
        fit += pairs.fit(arc.demand(), arc.miner());
      }
    }
    return new Optimum(value, fit);
  }

  private record Arc(int number, int demand, int miner) {}
}
