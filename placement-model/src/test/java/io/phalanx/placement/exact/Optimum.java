package io.phalanx.placement.exact;

/**
 * The best that a plan can be.
 *
 * @param fit the best at that value
 */
record Optimum(long value, long fit) {}
