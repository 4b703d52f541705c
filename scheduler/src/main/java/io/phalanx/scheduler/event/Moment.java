package io.phalanx.scheduler.event;

/**
 * Where and when an event happened.
 *
 * @param position its number in the journal, rising without a gap
 * @param atMs its stamp, Unix milliseconds, never falling from one event to the next
 */
public record Moment(long position, long atMs) {}
