package io.phalanx.placement.explain;

import io.phalanx.placement.Constraint;

/**
 * How many miners fail a constraint, whatever else they fail.
 *
 * @param miners 0 for minReplicas, which no single miner fails
 */
public record Elimination(Constraint constraint, int miners) {}
