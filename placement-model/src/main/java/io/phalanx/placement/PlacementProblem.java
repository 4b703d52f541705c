package io.phalanx.placement;

import java.util.List;

/**
 * One round: who is idle, who waits, and by what it is scored. Miner ids are unique, and so are
 * deployment ids.
 *
 * @param candidates their order breaks ties, together with the seed
 */
public record PlacementProblem(
    List<Candidate> candidates, List<Demand> demands, Market market, Objective objective) {
  public PlacementProblem {
    candidates = List.copyOf(candidates);
    demands = List.copyOf(demands);
  }

  /** Slots that wait, of all demands. */
  public int slots() {
    return demands.stream().mapToInt(Demand::lacking).sum();
  }
}
