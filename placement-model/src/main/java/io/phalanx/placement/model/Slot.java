package io.phalanx.placement.model;

import io.phalanx.placement.Constraint;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Fit;
import io.phalanx.placement.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.domain.entity.PlanningEntity;
import org.optaplanner.core.api.domain.lookup.PlanningId;
import org.optaplanner.core.api.domain.valuerange.ValueRangeProvider;
import org.optaplanner.core.api.domain.variable.PlanningVariable;

/**
 * One slot of a deployment that waits: the planning entity. Its miner is the planning variable;
 * none = stays waiting.
 */
@PlanningEntity
public final class Slot {
  /** The name of the planning variable. */
  static final String MINER = "miner";

  @PlanningId private final int id;
  private final Need need;
  private final Fit fit;

  @PlanningVariable(nullable = true)
  @Nullable IdleMiner miner;

  Slot(int id, Need need, Fit fit) {
    this.id = id;
    this.need = need;
    this.fit = fit;
  }

  /** A clone for OptaPlanner: facts are shared, the variable is not. */
  Slot(Slot other) {
    this.id = other.id;
    this.need = other.need;
    this.fit = other.fit;
    this.miner = other.miner;
  }

  int id() {
    return id;
  }

  Need need() {
    return need;
  }

  /** The miners that it is tried on. */
  @ValueRangeProvider
  List<IdleMiner> getShortlist() {
    return need.shortlist();
  }

  @Nullable IdleMiner miner() {
    return miner;
  }

  String operator() {
    return placedOn().operator();
  }

  /** Whether the pair breaks {@code constraint}. Only for a slot that is placed. */
  boolean fails(Constraint constraint) {
    return Eligibility.fails(constraint, need.demand(), placedOn().candidate());
  }

  /** The points that {@code term} earns. Only for a slot that is placed. */
  long points(Term term) {
    return fit.points(term, need.demand(), placedOn().candidate());
  }

  private IdleMiner placedOn() {
    IdleMiner placed = miner;
    if (placed == null) {
      throw new IllegalStateException("slot " + id + " is not placed");
    }
    return placed;
  }
}
