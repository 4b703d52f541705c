package io.phalanx.loadtests.timefold;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import io.phalanx.loadtests.compare.Grid;
import org.jspecify.annotations.Nullable;

/** A slot; its miner is the planning variable. */
@PlanningEntity
public final class PlainSlot {
  @PlanningId private int id;
  private int demand;
  private @Nullable Grid grid;

  @PlanningVariable(allowsUnassigned = true)
  private @Nullable Integer miner;

  /** For the library, which clones. */
  public PlainSlot() {}

  PlainSlot(int id, int demand, Grid grid) {
    this.id = id;
    this.demand = demand;
    this.grid = grid;
  }

  int id() {
    return id;
  }

  int demand() {
    return demand;
  }

  @Nullable Integer miner() {
    return miner;
  }

  private Grid grid() {
    return java.util.Objects.requireNonNull(grid);
  }

  private int placedOn() {
    return java.util.Objects.requireNonNull(miner);
  }

  int operator() {
    return grid().operatorOf(placedOn());
  }

  int cap() {
    return grid().cap(demand);
  }

  int required() {
    return grid().required(demand);
  }

  boolean suits() {
    return grid().suits(demand, placedOn());
  }

  long value() {
    return grid().value(demand);
  }

  long fit() {
    return suits() ? grid().fit(demand, placedOn()) : 0;
  }
}
