package io.phalanx.scheduler.miner;

/**
 * How often a miner's readings said more gas than its machine can have done. It costs the miner
 * nothing but the reading: only offers that run out are strikes.
 *
 * @param times how often it was noted
 * @param lastAtMs when last, Unix milliseconds
 */
public record Flagged(long times, long lastAtMs) {}
