package io.phalanx.placement.model;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.heuristic.move.AbstractMove;

/** Moves several slots at once: relocate, swap, eject, cycle are all of this kind. */
final class PlaceMove extends AbstractMove<Round> {
  private final List<Placing> placings;

  PlaceMove(List<Placing> placings) {
    this.placings = placings;
  }

  @Override
  public boolean isMoveDoable(ScoreDirector<Round> director) {
    return true; // only those that change something are ever made
  }

  @Override
  protected PlaceMove createUndoMove(ScoreDirector<Round> director) {
    return new PlaceMove(
        placings.stream()
            .map(placing -> new Placing(placing.slot(), placing.slot().miner))
            .toList());
  }

  @Override
  protected void doMoveOnGenuineVariables(ScoreDirector<Round> director) {
    for (Placing placing : placings) {
      set(director, placing.slot(), null); // first all leave, so that no miner has two in between
    }
    for (Placing placing : placings) {
      set(director, placing.slot(), placing.miner());
    }
  }

  private static void set(ScoreDirector<Round> director, Slot slot, @Nullable IdleMiner miner) {
    if (!Objects.equals(slot.miner, miner)) {
      director.beforeVariableChanged(slot, Slot.MINER);
      slot.miner = miner;
      director.afterVariableChanged(slot, Slot.MINER);
    }
  }

  @Override
  public Collection<?> getPlanningEntities() {
    return placings.stream().map(Placing::slot).toList();
  }

  @Override
  public Collection<?> getPlanningValues() {
    return placings.stream().map(Placing::miner).filter(Objects::nonNull).toList();
  }

  @Override
  public String toString() {
    return "PlaceMove" + placings;
  }
}
