package io.phalanx.placement.model;

import java.util.ArrayList;
import java.util.List;
import org.optaplanner.core.api.domain.solution.cloner.SolutionCloner;

/**
 * Clones a round by hand: only slots have anything to copy, and best solutions are cloned often.
 */
public final class RoundCloner implements SolutionCloner<Round> {
  @Override
  public Round cloneSolution(Round original) {
    List<Slot> slots = new ArrayList<>(original.slots.size());
    for (Slot slot : original.slots) {
      slots.add(new Slot(slot));
    }
    return original.with(slots);
  }
}
