package io.phalanx.placement.model;

import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import org.optaplanner.core.api.score.calculator.IncrementalScoreCalculator;

/** The score of {@link PlacementConstraints}, in a fraction of the time. */
public final class PlacementScoreCalculator
    implements IncrementalScoreCalculator<Round, HardMediumSoftLongScore> {
  private @Nullable ScoreState state;

  @Override
  public void resetWorkingSolution(Round round) {
    if (state != null && state.isOf(round.instance)) {
      state.clear(); // each phase begins with a reset, and most of a large fleet is never touched
    } else {
      state = new ScoreState(round.instance);
    }
    round.state = state;
    for (Slot slot : round.slots) {
      add(slot);
    }
  }

  @Override
  public void beforeVariableChanged(Object entity, String variableName) {
    remove((Slot) entity);
  }

  @Override
  public void afterVariableChanged(Object entity, String variableName) {
    add((Slot) entity);
  }

  @Override
  public void beforeEntityAdded(Object entity) {}

  @Override
  public void afterEntityAdded(Object entity) {
    add((Slot) entity);
  }

  @Override
  public void beforeEntityRemoved(Object entity) {
    remove((Slot) entity);
  }

  @Override
  public void afterEntityRemoved(Object entity) {}

  @Override
  public HardMediumSoftLongScore calculateScore() {
    return state().score();
  }

  private void add(Slot slot) {
    if (slot.miner != null) {
      state().add(slot.id(), slot.miner.index());
    }
  }

  private void remove(Slot slot) {
    if (slot.miner != null) {
      state().remove(slot.id());
    }
  }

  private ScoreState state() {
    if (state == null) {
      throw new IllegalStateException("no working solution was set");
    }
    return state;
  }
}
