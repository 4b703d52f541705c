package io.phalanx.scheduler.round;

import io.phalanx.placement.PlacementProblem;
import java.util.List;

/**
 * A round with all that is needed to plan it again.
 *
 * @param round as it was committed
 * @param problem what it planned on
 * @param placed its lines that were committed, at their prices; those that were not are in the
 *     record
 */
public record RecordedRound(
    CommittedRound round, PlacementProblem problem, List<PlannedLine> placed) {

  /** Copies the lines. */
  public RecordedRound {
    placed = List.copyOf(placed);
  }
}
