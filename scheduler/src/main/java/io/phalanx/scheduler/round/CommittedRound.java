package io.phalanx.scheduler.round;

/**
 * A round in the journal.
 *
 * @param record what it saw and decided
 * @param position its journal position
 * @param atMs when it was committed, Unix milliseconds
 */
public record CommittedRound(RoundRecord record, long position, long atMs) {}
