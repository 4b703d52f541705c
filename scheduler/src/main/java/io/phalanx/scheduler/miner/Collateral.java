package io.phalanx.scheduler.miner;

/**
 * What Intel publishes to judge the quotes of one processor family by.
 *
 * @param ref what it is called
 * @param expiresAtMs when the first of its parts is to be renewed, Unix milliseconds
 * @param text JSON, to the byte
 */
public record Collateral(CollateralRef ref, long expiresAtMs, String text) {}
