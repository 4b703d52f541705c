package io.phalanx.scheduler.deployment;

import io.phalanx.scheduler.id.AssignmentId;

/**
 * What a miner's meter says.
 *
 * @param assignmentId which assignment
 * @param epoch its fencing token
 * @param sequence rises from one reading to the next
 * @param gasUsed cumulative gas of the assignment, 0..2^53−1
 * @param last whether no reading follows
 */
public record Reading(
    AssignmentId assignmentId, long epoch, long sequence, long gasUsed, boolean last) {}
