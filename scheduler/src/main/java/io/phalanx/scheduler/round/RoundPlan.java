package io.phalanx.scheduler.round;

import java.util.List;

/**
 * What the planner proposes; the writer checks each line again.
 *
 * @param record sizes, value and bounds; number, placed and dropped are the writer's to fill in
 * @param lines the proposal, a deployment's lines next to each other
 */
public record RoundPlan(RoundRecord record, List<PlannedLine> lines) {

  /** Copies the lines. */
  public RoundPlan {
    lines = List.copyOf(lines);
  }
}
