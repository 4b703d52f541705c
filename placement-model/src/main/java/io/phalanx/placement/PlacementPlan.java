package io.phalanx.placement;

import java.util.List;

/**
 * What a round decided. The score is the one that OptaPlanner reports.
 *
 * @param lines by demand in the problem's order, then by slot
 * @param value sum of the values of the slots placed
 * @param valueBound no plan has a higher value
 * @param fit sum of the fits of the lines
 * @param fitBound no plan that places the same number of slots of each demand has a higher fit
 * @param exchangeSteps attempts to exchange gangs that were made
 * @param searchSteps steps that the local search made
 * @param outOfTime whether the time limit ended it, so that only these steps as limits repeat it
 */
public record PlacementPlan(
    List<Line> lines,
    long value,
    long valueBound,
    long fit,
    long fitBound,
    int exchangeSteps,
    int searchSteps,
    boolean outOfTime,
    Millis millis) {
  public PlacementPlan {
    lines = List.copyOf(lines);
  }
}
