package io.phalanx.placement.model;

import io.phalanx.placement.Demand;

/**
 * What the slots of one deployment have in common.
 *
 * @param index its number in the round
 * @param value what placing one of its slots is worth
 */
public record Need(int index, Demand demand, long value) {
  @Override
  public boolean equals(Object other) {
    return this == other; // there is one object for each demand
  }

  @Override
  public int hashCode() {
    return index;
  }
}
