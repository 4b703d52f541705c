package io.phalanx.placement.explain;

/**
 * How long a demand may wait.
 *
 * @param p50Ms in half of all cases no longer than this, milliseconds
 * @param p90Ms in nine of ten
 */
public record WaitEstimate(long p50Ms, long p90Ms) {}
