package io.phalanx.api.route;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phalanx.scheduler.round.CommittedRound;
import io.phalanx.scheduler.round.DroppedLine;
import io.phalanx.scheduler.round.RoundRecord;
import io.phalanx.scheduler.unit.Timestamps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A round as an admin sees it.
 *
 * @param number from 1, without a gap
 * @param committedAt when
 * @param basePosition the state it planned on
 * @param miners how many could be placed on
 * @param deployments how many waited
 * @param replicas how many they lacked
 * @param placedReplicas how many were committed
 * @param value the value of the plan
 * @param valueBound no plan has more
 * @param gap (bound − value) / bound; 0 when there was nothing to win
 * @param fit of the plan
 * @param fitBound no plan of that value has more
 * @param seed broke ties
 * @param solver name and version of the engine
 * @param micros how long planning took
 * @param droppedLines how many planned lines were not committed
 * @param dropped these lines; left out of lists
 */
record RoundView(
    long number,
    String committedAt,
    long basePosition,
    int miners,
    int deployments,
    int replicas,
    int placedReplicas,
    long value,
    long valueBound,
    double gap,
    long fit,
    long fitBound,
    long seed,
    String solver,
    long micros,
    int droppedLines,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<DroppedLine> dropped) {

  static RoundView item(CommittedRound round) {
    return of(round, null);
  }

  static RoundView full(CommittedRound round) {
    return of(round, round.record().dropped());
  }

  private static RoundView of(CommittedRound round, @Nullable List<DroppedLine> dropped) {
    RoundRecord record = round.record();
    double gap =
        record.valueBound() == 0
            ? 0
            : (double) (record.valueBound() - record.value()) / record.valueBound();
    return new RoundView(
        record.number(),
        Timestamps.text(round.atMs()),
        record.basePosition(),
        record.miners(),
        record.deployments(),
        record.replicas(),
        record.placedReplicas(),
        record.value(),
        record.valueBound(),
        gap,
        record.fit(),
        record.fitBound(),
        record.seed(),
        record.solver(),
        record.micros(),
        record.dropped().size(),
        dropped);
  }
}
