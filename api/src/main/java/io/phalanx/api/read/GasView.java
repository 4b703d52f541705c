package io.phalanx.api.read;

import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Meter;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.Amount;
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
