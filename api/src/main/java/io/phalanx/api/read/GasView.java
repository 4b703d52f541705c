package io.phalanx.api.read;

import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.Meter;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.Timestamps;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment uses and how long its money lasts.
 *
 * @param assignments its live ones and the newest ended ones, newest first
 * @param perHour what its running assignments cost in an hour, by their average since each runs
 * @param exhaustedAt when that has used up what is held; none while nothing is charged, and if it
 *     is too far away to be a date of this era
 */
public record GasView(List<Used> assignments, Amount perHour, @Nullable String exhaustedAt) {

  private static final BigInteger HOUR_MS = BigInteger.valueOf(3_600_000);

  /** The last instant that RFC 3339 can say. */
  private static final BigInteger LAST_MS =
      BigInteger.valueOf(Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli());

  static GasView of(Deployment deployment, List<Assignment> assignments, long nowMs) {
    BigInteger perHour =
        assignments.stream().map(a -> perHour(a, nowMs)).reduce(BigInteger.ZERO, BigInteger::add);
    return new GasView(
        assignments.stream().map(Used::of).toList(),
        new Amount(perHour),
        deployment.isEnded() || perHour.signum() == 0
            ? null
            : exhaustedAt(deployment.funds().held().pico(), perHour, nowMs));
  }

  private static BigInteger perHour(Assignment assignment, long nowMs) {
    Long since = assignment.runningAtMs();
    if (!assignment.isLive() || since == null || since >= nowMs) {
      return BigInteger.ZERO;
    }
    BigInteger charged = assignment.meter().total().pico();
    return charged.multiply(HOUR_MS).divide(BigInteger.valueOf(nowMs - since));
  }

  private static @Nullable String exhaustedAt(BigInteger held, BigInteger perHour, long nowMs) {
    BigInteger at = BigInteger.valueOf(nowMs).add(held.multiply(HOUR_MS).divide(perHour));
    return at.compareTo(LAST_MS) > 0 ? null : Timestamps.text(at.longValueExact());
  }

  /**
   * What one assignment used.
   *
   * @param id the assignment
   * @param minerId where it is
   * @param gasUsed cumulative gas of its newest reading
   * @param charged what was charged for it, both parts
   * @param uncollected gas that the budget did not cover
   */
  public record Used(
      AssignmentId id, MinerId minerId, long gasUsed, Amount charged, long uncollected) {

    static Used of(Assignment assignment) {
      Meter meter = assignment.meter();
      return new Used(
          assignment.id(),
          assignment.minerId(),
          meter.gasUsed(),
          meter.total(),
          meter.uncollected());
    }
  }
}
