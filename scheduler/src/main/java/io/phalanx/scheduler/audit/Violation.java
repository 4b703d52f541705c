package io.phalanx.scheduler.audit;

/**
 * Something in a journal that must not be.
 *
 * @param position the event that shows it
 * @param invariant the number of the broken invariant, 1 to 9, as the documentation counts them
 * @param sentence what is wrong, in words
 */
public record Violation(long position, int invariant, String sentence) {}
