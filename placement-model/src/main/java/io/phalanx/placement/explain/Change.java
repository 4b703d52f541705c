package io.phalanx.placement.explain;

import io.phalanx.placement.Demand;
import io.phalanx.placement.TierSet;
import java.util.Set;

/**
 * One field of a request with another value.
 *
 * @param number the new figure: the mask of a {@link TierSet}, P, pico-PHA, slots; for minReplicas
 *     the slots that are required at once from now on; 0 for lists
 * @param names the new list; empty for figures, and for a list that limits nothing
 */
public record Change(Field field, long number, Set<String> names) {
  public Change {
    names = Set.copyOf(names);
  }

  static Change number(Field field, long number) {
    return new Change(field, number, Set.of());
  }

  static Change names(Field field, Set<String> names) {
    return new Change(field, 0, names);
  }

  /** The demand with this change. Its wait counts anew, as for every change of a request. */
  Demand in(Demand demand) {
    return new Demand(
        demand.deploymentId(),
        field == Field.TIERS ? new TierSet((int) number) : demand.tiers(),
        field == Field.MIN_PERFORMANCE ? (int) number : demand.minPerformance(),
        field == Field.MAX_GAS_PRICE ? number : demand.maxGasPrice(),
        field == Field.REGIONS ? names : demand.regions(),
        field == Field.ALLOW_OPERATORS ? names : demand.allowOperators(),
        field == Field.DENY_OPERATORS ? names : demand.denyOperators(),
        demand.excludedMiners(),
        demand.preference(),
        demand.lacking(),
        field == Field.MIN_REPLICAS ? (int) number : demand.required(),
        field == Field.MAX_PER_OPERATOR ? (int) number : demand.maxPerOperator(),
        demand.liveByOperator(),
        0);
  }
}
