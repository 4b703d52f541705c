package io.phalanx.placement.model;

import io.phalanx.placement.Demand;
import io.phalanx.placement.Fit;
import io.phalanx.placement.kernel.Instance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.domain.solution.PlanningEntityCollectionProperty;
import org.optaplanner.core.api.domain.solution.PlanningScore;
import org.optaplanner.core.api.domain.solution.PlanningSolution;
import org.optaplanner.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;

/** One round: the planning solution. */
@PlanningSolution(solutionCloner = RoundCloner.class)
public final class Round {
  final Instance instance;
  final Course course;

  /** By number; made when they are first asked for, as most of a large fleet never is. */
  private final @Nullable IdleMiner[] miners;

  @PlanningEntityCollectionProperty final List<Slot> slots;

  @PlanningScore @Nullable HardMediumSoftLongScore score;

  /**
   * What the calculator knows of the working solution; the moves read it. Not there until a
   * calculator is.
   */
  @Nullable ScoreState state;

  private Round(Instance instance, @Nullable IdleMiner[] miners, List<Slot> slots, Course course) {
    this.instance = instance;
    this.miners = miners;
    this.slots = slots;
    this.course = course;
  }

  /** The round of {@code instance}, with nothing placed. */
  public static Round of(Instance instance, Course course) {
    Instance.Question question = instance.question();
    Fit fit = new Fit(question.objective(), question.market());
    List<Slot> slots = new ArrayList<>(instance.slots());
    for (int d = 0; d < instance.demands(); d++) {
      Demand demand = instance.demand(d);
      Need need = new Need(d, demand, instance.value(d));
      for (int i = 0; i < demand.lacking(); i++) {
        slots.add(new Slot(slots.size(), need, fit));
      }
    }
    return new Round(instance, new IdleMiner[instance.miners()], slots, course);
  }

  /** The same round with other slots. */
  Round with(List<Slot> otherSlots) {
    Round round = new Round(instance, miners, otherSlots, course);
    round.score = score;
    return round;
  }

  IdleMiner miner(int index) {
    IdleMiner miner = miners[index];
    if (miner == null) {
      miner = new IdleMiner(index, instance.candidate(index));
      miners[index] = miner;
    }
    return miner;
  }

  /** The miner's number by slot, −1 for those that stay waiting. */
  public int[] assignment() {
    return slots.stream().mapToInt(slot -> slot.miner == null ? -1 : slot.miner.index()).toArray();
  }

  /** How many slots of each demand are placed. */
  public int[] placedByDemand() {
    int[] placed = new int[instance.demands()];
    for (Slot slot : slots) {
      placed[slot.need().index()] += slot.miner == null ? 0 : 1;
    }
    return placed;
  }

  public @Nullable HardMediumSoftLongScore score() {
    return score;
  }
}
