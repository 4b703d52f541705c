package io.phalanx.placement.explain;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.kernel.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The next round with one demand in it.
 *
 * @param asked the demand's place in the problem
 */
record Round(PlacementProblem problem, int asked, Trial trial) {

  /** The round that {@code view} would get; who is not in its queue is appended. */
  static Round of(Demand demand, NetworkView view) {
    List<Demand> queue = new ArrayList<>(view.queue());
    int asked = 0;
    while (asked < queue.size() && !isSame(queue.get(asked), demand)) {
      asked++;
    }
    if (asked < queue.size()) {
      queue.set(asked, demand);
    } else {
      queue.add(demand);
    }
    List<Candidate> idle =
        view.miners().stream()
            .filter(RegisteredMiner::isCandidate)
            .map(RegisteredMiner::candidate)
            .toList();
    PlacementProblem problem = new PlacementProblem(idle, queue, view.market(), view.objective());
    return new Round(problem, asked, new Trial(problem, asked));
  }

  static boolean isSame(Demand one, Demand other) {
    return one.deploymentId().equals(other.deploymentId());
  }

  /** The same round with another form of the demand, last of the queue. */
  PlacementProblem with(Demand variant) {
    List<Demand> queue = new ArrayList<>(problem.demands());
    queue.remove(asked);
    queue.add(variant);
    return new PlacementProblem(problem.candidates(), queue, problem.market(), problem.objective());
  }

  boolean hasGangs() {
    return problem.demands().stream().anyMatch(demand -> demand.required() > 1);
  }

  boolean hasOtherGangs() {
    for (int d = 0; d < problem.demands().size(); d++) {
      if (d != asked && problem.demands().get(d).required() > 1) {
        return true;
      }
    }
    return false;
  }

  /** Bids with which the demand, waiting from now, would pass another. */
  NavigableSet<Long> outbidding(NetworkView view) {
    long reference = view.market().referencePrice();
    long highest = view.objective().bidCap() * reference;
    TreeSet<Long> bids = new TreeSet<>();
    for (Demand other : view.queue()) {
      long bid = view.objective().value(other, reference) + 1;
      if (bid <= highest) {
        bids.add(bid);
      }
    }
    return bids;
  }
}
