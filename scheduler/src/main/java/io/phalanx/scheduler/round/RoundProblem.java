package io.phalanx.scheduler.round;

import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.scheduler.state.State;

/** The problem of a round: the one way from a state and a time to what is planned on. */
public final class RoundProblem {

  private RoundProblem() {}

  /** Who is free and what waits in that state at that time. */
  public static PlacementProblem of(State state, long atMs) {
    PlacementFacts facts = new PlacementFacts(state, atMs);
    return new PlacementProblem(
        facts.candidates(), facts.demands(), facts.market(), Objective.DEFAULT);
  }
}
