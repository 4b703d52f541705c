package io.phalanx.placement.explain;

import io.phalanx.placement.Demand;

/**
 * What is to be explained.
 *
 * @param demand need not be in the queue
 * @param isPlaced nothing of it waits: the state decides that, not the engine
 * @param isChangeable its request may still be changed, so that relaxations are of use
 * @param mostAffordable no bid above this would count, pico-PHA
 */
public record Inquiry(Demand demand, boolean isPlaced, boolean isChangeable, long mostAffordable) {}
