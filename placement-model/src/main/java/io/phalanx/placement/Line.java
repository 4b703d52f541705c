package io.phalanx.placement;

/**
 * One slot on one miner.
 *
 * @param slot 0..lacking−1 of its demand
 * @param fit the weighted sum of the terms
 */
public record Line(String deploymentId, int slot, String minerId, long fit) {}
