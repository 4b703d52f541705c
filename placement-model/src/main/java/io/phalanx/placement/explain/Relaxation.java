package io.phalanx.placement.explain;

import java.util.List;

/**
 * A smallest change to a request with which the next round could place it.
 *
 * @param changes one or two, of different fields; neither alone would do
 * @param eligibleMiners that fail nothing then, wherever they stand
 * @param idleEligibleMiners of these, the ones that could take a slot now
 */
public record Relaxation(List<Change> changes, int eligibleMiners, int idleEligibleMiners) {
  public Relaxation {
    changes = List.copyOf(changes);
  }
}
