package io.phalanx.placement;

import java.util.List;

/** The best plan of a tiny problem, by trying every one. */
final class BruteForce {
  private final PlacementProblem problem;
  private final List<Demand> demands;
  private final int[] taken;
  private final int[] placed;
  private final Fit fit;
  private long bestValue;
  private long bestFit;

  private BruteForce(PlacementProblem problem) {
    this.problem = problem;
    this.demands = problem.demands();
    this.taken = new int[problem.candidates().size()];
    this.placed = new int[demands.size()];
    this.fit = new Fit(problem.objective(), problem.market());
  }

  /** The best value, and the best fit at that value. */
  static long[] best(PlacementProblem problem) {
    BruteForce search = new BruteForce(problem);
    search.tryFrom(0, 0, 0);
    return new long[] {search.bestValue, search.bestFit};
  }

  private void tryFrom(int miner, long value, long fitSum) {
    if (miner == taken.length) {
      boolean isBetter = value > bestValue || (value == bestValue && fitSum > bestFit);
      if (isBetter && isComplete()) {
        bestValue = value;
        bestFit = fitSum;
      }
      return;
    }
    taken[miner] = -1;
    tryFrom(miner + 1, value, fitSum);
    Candidate candidate = problem.candidates().get(miner);
    for (int d = 0; d < demands.size(); d++) {
      Demand demand = demands.get(d);
      if (placed[d] < demand.lacking()
          && Eligibility.accepts(demand, candidate)
          && onOperator(d, candidate.operator(), miner) < demand.roomOn(candidate.operator())) {
        taken[miner] = d;
        placed[d]++;
        long worth = problem.objective().value(demand, problem.market().referencePrice());
        tryFrom(miner + 1, value + worth, fitSum + fit.of(demand, candidate));
        placed[d]--;
      }
    }
    taken[miner] = -1;
  }

  private int onOperator(int demand, String operator, int before) {
    int count = 0;
    for (int m = 0; m < before; m++) {
      if (taken[m] == demand && problem.candidates().get(m).operator().equals(operator)) {
        count++;
      }
    }
    return count;
  }

  private boolean isComplete() {
    for (int d = 0; d < placed.length; d++) {
      if (placed[d] > 0 && placed[d] < demands.get(d).required()) {
        return false;
      }
    }
    return true;
  }
}
