package io.phalanx.loadtests.timefold;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A round: every slot may have every miner. */
@PlanningSolution
public final class PlainRound {
  @SuppressWarnings("UnusedVariable") // the library reads it
  @ValueRangeProvider
  private List<Integer> miners = List.of();

  @PlanningEntityCollectionProperty private List<PlainSlot> slots = List.of();
  @PlanningScore private @Nullable HardMediumSoftLongScore score;

  /** For the library, which clones. */
  public PlainRound() {}

  PlainRound(List<Integer> miners, List<PlainSlot> slots) {
    this.miners = miners;
    this.slots = slots;
  }

  List<PlainSlot> slots() {
    return slots;
  }

  @Nullable HardMediumSoftLongScore score() {
    return score;
  }
}
