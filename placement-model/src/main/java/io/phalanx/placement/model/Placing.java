package io.phalanx.placement.model;

import org.jspecify.annotations.Nullable;

/**
 * One slot's part of a move.
 *
 * @param miner where it goes, null = it waits again
 */
record Placing(Slot slot, @Nullable IdleMiner miner) {}
