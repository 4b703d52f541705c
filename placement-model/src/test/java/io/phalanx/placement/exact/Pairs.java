package io.phalanx.placement.exact;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Fit;
import io.phalanx.placement.PlacementProblem;
import java.util.ArrayList;
import java.util.List;

/** A problem as the rules state it, with nothing of the kernel: who is eligible, what it earns. */
final class Pairs {
  final List<Demand> demands;
  final List<Candidate> miners;

  /** By demand, the miners that it may take. */
  final List<List<Integer>> eligible = new ArrayList<>();

  private final PlacementProblem problem;
  private final Fit fit;

  Pairs(PlacementProblem problem) {
    this.problem = problem;
    this.demands = problem.demands();
    this.miners = problem.candidates();
    this.fit = new Fit(problem.objective(), problem.market());
    for (Demand demand : demands) {
      List<Integer> accepted = new ArrayList<>();
      for (int m = 0; m < miners.size(); m++) {
        if (Eligibility.accepts(demand, miners.get(m))) {
          accepted.add(m);
        }
      }
      eligible.add(accepted);
    }
  }

  long value(int demand) {
    return problem.objective().value(demands.get(demand), problem.market().referencePrice());
  }

  long fit(int demand, int miner) {
    return fit.of(demands.get(demand), miners.get(miner));
  }

  /** More than all fits of a plan together. */
  long moreThanAnyFit() {
    long most = 0;
    for (int d = 0; d < demands.size(); d++) {
      for (int miner : eligible.get(d)) {
        most = Math.max(most, fit(d, miner));
      }
    }
    return 1 + most * demands.stream().mapToLong(Demand::lacking).sum();
  }
}
