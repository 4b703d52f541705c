package io.phalanx.scheduler.decide;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Objective;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.round.PlacementFacts;
import io.phalanx.scheduler.state.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who waits for single miners and is worth more than one that gathers: a miner that one of these
 * could have now is not held back from it, or whoever gathers would pass those that wait longer.
 */
final class Rivals {

  /** Of a long queue the most valuable are looked at. */
  private static final int MOST_LOOKS = 256;

  private final State state;
  private List<Rival> byValue = List.of();

  /** One that may be placed a miner at a time, as it was at the last look. */
  private record Rival(DeploymentId id, Demand demand, long value) {}

  Rivals(State state) {
    this.state = state;
  }

  /** Finds out who waits. */
  void look(long atMs) {
    PlacementFacts facts = new PlacementFacts(state, atMs);
    long referencePrice = facts.market().referencePrice();
    List<Rival> waiting = new ArrayList<>();
    for (DeploymentId id : state.deployments().lacking().values()) {
      Deployment deployment = state.deployments().known(id);
      if (deployment.required() == 1) {
        Demand demand = facts.demand(deployment);
        waiting.add(new Rival(id, demand, Objective.DEFAULT.value(demand, referencePrice)));
      }
    }
    waiting.sort(Comparator.comparingLong(Rival::value).reversed());
    byValue = List.copyOf(waiting.subList(0, Math.min(MOST_LOOKS, waiting.size())));
  }

  /** Whether somebody of a higher value could have that miner, and still waits. */
  boolean wouldTake(Candidate miner, long value) {
    for (Rival rival : byValue) {
      if (rival.value() <= value) {
        return false;
      }
      if (Eligibility.accepts(rival.demand(), miner) && stillWaits(rival.id())) {
        return true;
      }
    }
    return false;
  }

  private boolean stillWaits(DeploymentId id) {
    return state.deployments().find(id).map(one -> one.lacking() > 0).orElse(false);
  }
}
