package io.phalanx.scheduler.deployment;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.phalanx.scheduler.id.AssignmentId;
import org.jspecify.annotations.Nullable;

/**
 * What a miner's meter says.
 *
 * @param assignmentId which assignment
 * @param epoch its fencing token
 * @param sequence rises from one reading to the next
 * @param gasUsed cumulative gas of the assignment, 0..2^53−1
 * @param last whether no reading follows
 * @param signature the miner's over all of that, base64, as it was verified; none in open mode
 */
public record Reading(
    AssignmentId assignmentId,
    long epoch,
    long sequence,
    long gasUsed,
    boolean last,
    @Nullable String signature) {

  /** For all of the fields. */
  @JsonCreator
  public Reading {}

  /** Without a signature. */
  public Reading(AssignmentId assignmentId, long epoch, long sequence, long gasUsed, boolean last) {
    this(assignmentId, epoch, sequence, gasUsed, last, null);
  }
}
