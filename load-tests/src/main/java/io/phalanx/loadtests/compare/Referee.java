package io.phalanx.loadtests.compare;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Fit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Says what a placement is worth, by the records and rules alone, and refuses one that breaks any.
 */
final class Referee {
  private Referee() {}

  /**
   * What a placement is worth.
   *
   * @param placed slots that have a miner
   * @param value sum of the values of those slots
   * @param fit sum of their fits
   */
  record Score(int placed, long value, long fit) {}

  /**
   * The score of a feasible placement.
   *
   * @throws IllegalStateException naming a rule that is broken
   */
  static Score score(Grid grid, int[] minerOf) {
    Fit fit = new Fit(grid.problem.objective(), grid.problem.market());
    Set<Integer> taken = new HashSet<>();
    int placed = 0;
    long value = 0;
    long fits = 0;
    for (int d = 0; d < grid.demands; d++) {
      Demand demand = grid.demand(d);
      Map<String, Integer> onOperator = new HashMap<>();
      int own = 0;
      for (int slot = grid.firstSlot[d]; slot < grid.firstSlot[d + 1]; slot++) {
        if (minerOf[slot] >= 0) {
          Candidate miner = grid.problem.candidates().get(minerOf[slot]);
          require(taken.add(minerOf[slot]), demand, "a miner has two slots");
          require(Eligibility.accepts(demand, miner), demand, "a miner is not eligible");
          int there = onOperator.merge(miner.operator(), 1, Integer::sum);
          require(there <= demand.roomOn(miner.operator()), demand, "an operator has too many");
          fits += fit.of(demand, miner);
          own++;
        }
      }
      require(own == 0 || own >= demand.required(), demand, "a gang is broken");
      placed += own;
      value += own * grid.value[d];
    }
    return new Score(placed, value, fits);
  }

  private static void require(boolean holds, Demand demand, String fault) {
    if (!holds) {
      throw new IllegalStateException(demand.deploymentId() + ": " + fault);
    }
  }
}
