package io.phalanx.api.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phalanx.scheduler.round.CommittedRound;
import io.phalanx.scheduler.round.DroppedLine;
import io.phalanx.scheduler.round.RoundRecord;
import io.phalanx.scheduler.unit.Timestamps;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A round as an admin sees it: what it saw and what it decided.
 *
 * @param number from 1, without a gap
 * @param time when it was committed
 * @param position its journal position
 * @param basePosition the journal position of the state it planned on
 * @param miners how many miners could be placed on
 * @param deployments how many deployments waited
 * @param replicas how many replicas they lacked
 * @param placedReplicas how many were committed
 * @param value the value of the plan
 * @param valueBound no plan can have more
 * @param gap how far the plan's value can be from the best at most: (bound − value) / bound,
 *     rounded up to a millionth
 * @param fit the fit of the plan
 * @param fitBound no plan of that value can have more
 * @param seed what broke its ties
 * @param solver name and version of the engine
 * @param micros how long planning took, microseconds
 * @param dropped planned lines that were not committed, and why; left out of lists
 */
public record RoundView(
    long number,
    String time,
    long position,
    long basePosition,
    int miners,
    int deployments,
    int replicas,
    int placedReplicas,
    long value,
    long valueBound,
    BigDecimal gap,
    long fit,
    long fitBound,
    long seed,
    String solver,
    long micros,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<DroppedLine> dropped) {

  private static final int GAP_DIGITS = 6;

  /** The round with its dropped lines. */
  public static RoundView of(CommittedRound round) {
    return of(round, round.record().dropped());
  }

  /** The round without its dropped lines, as lists show it. */
  public static RoundView item(CommittedRound round) {
    return of(round, null);
  }

  private static RoundView of(CommittedRound round, @Nullable List<DroppedLine> dropped) {
    RoundRecord record = round.record();
    return new RoundView(
        record.number(),
        Timestamps.text(round.atMs()),
        round.position(),
        record.basePosition(),
        record.miners(),
        record.deployments(),
        record.replicas(),
        record.placedReplicas(),
        record.value(),
        record.valueBound(),
        gap(record.value(), record.valueBound()),
        record.fit(),
        record.fitBound(),
        record.seed(),
        record.solver(),
        record.micros(),
        dropped);
  }

  static BigDecimal gap(long value, long bound) {
    return bound <= 0 || value >= bound
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(bound - value)
            .divide(BigDecimal.valueOf(bound), GAP_DIGITS, RoundingMode.CEILING);
  }
}
