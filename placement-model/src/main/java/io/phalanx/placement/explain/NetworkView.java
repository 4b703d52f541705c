package io.phalanx.placement.explain;

import io.phalanx.placement.Demand;
import io.phalanx.placement.Market;
import io.phalanx.placement.Objective;
import java.util.List;

/**
 * What an explanation is given against.
 *
 * @param miners all that are registered
 * @param queue every demand that waits
 */
public record NetworkView(
    List<RegisteredMiner> miners, List<Demand> queue, Market market, Objective objective) {
  public NetworkView {
    miners = List.copyOf(miners);
    queue = List.copyOf(queue);
  }
}
