package io.phalanx.scheduler.round;

import java.util.List;

/**
 * What a round saw and decided.
 *
 * @param number from 1, without a gap
 * @param basePosition the journal position of the state it planned on
 * @param miners how many miners could be placed on
 * @param deployments how many deployments waited
 * @param replicas how many replicas they lacked
 * @param placedReplicas how many were committed
 * @param value the value of the plan, in the units of the placement model
 * @param valueBound no plan can have more
 * @param fit the fit of the plan
 * @param fitBound no plan of that value can have more
 * @param seed what broke its ties
 * @param solver name and version of the engine
 * @param micros how long planning took, microseconds
 * @param course what else decided its plan
 * @param dropped planned lines that were not committed
 */
public record RoundRecord(
    long number,
    long basePosition,
    int miners,
    int deployments,
    int replicas,
    int placedReplicas,
    long value,
    long valueBound,
    long fit,
    long fitBound,
    long seed,
    String solver,
    long micros,
    RoundCourse course,
    List<DroppedLine> dropped) {

  /** Copies the lines. */
  public RoundRecord {
    dropped = List.copyOf(dropped);
  }

  /** The same as the writer committed it. */
  public RoundRecord committed(long committedNumber, int placed, List<DroppedLine> droppedLines) {
    return new RoundRecord(
        committedNumber,
        basePosition,
        miners,
        deployments,
        replicas,
        placed,
        value,
        valueBound,
        fit,
        fitBound,
        seed,
        solver,
        micros,
        course,
        droppedLines);
  }
}
