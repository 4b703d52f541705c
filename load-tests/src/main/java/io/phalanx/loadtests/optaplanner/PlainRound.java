package io.phalanx.loadtests.optaplanner;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.domain.solution.PlanningEntityCollectionProperty;
import org.optaplanner.core.api.domain.solution.PlanningScore;
import org.optaplanner.core.api.domain.solution.PlanningSolution;
import org.optaplanner.core.api.domain.valuerange.ValueRangeProvider;
import org.optaplanner.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;

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
