package io.phalanx.placement.model;

import io.phalanx.placement.Demand;
import java.util.ArrayList;
import java.util.List;

/**
 * What the slots of one deployment have in common.
 *
 * @param index its number in the round
 * @param value what placing one of its slots is worth
 * @param shortlist the miners that suit it best, once the construction knows them
 */
public record Need(int index, Demand demand, long value, List<IdleMiner> shortlist) {
  Need(int index, Demand demand, long value) {
    this(index, demand, value, new ArrayList<>());
  }

  @Override
  public boolean equals(Object other) {
    return this == other; // there is one object for each demand
  }

  @Override
  public int hashCode() {
    return index;
  }
}
