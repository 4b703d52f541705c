package io.phalanx.placement.model;

import io.phalanx.placement.Candidate;

/**
 * A miner that a slot can be placed on.
 *
 * @param index its number in the round
 */
public record IdleMiner(int index, Candidate candidate) {
  String operator() {
    return candidate.operator();
  }

  @Override
  public boolean equals(Object other) {
    return this == other; // there is one object for each miner, and streams compare them often
  }

  @Override
  public int hashCode() {
    return index;
  }
}
