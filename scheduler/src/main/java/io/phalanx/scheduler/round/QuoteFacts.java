package io.phalanx.scheduler.round;

import io.phalanx.placement.Demand;
import io.phalanx.placement.TierSet;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.unit.GasPrice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Quotes in the words of the placement model: they compete like a deployment of the same wish. */
public final class QuoteFacts {

  private QuoteFacts() {}

  /** What the quote lacks; it lacks something. */
  public static Demand demand(Quote quote, long atMs) {
    Map<String, Integer> byOperator = new HashMap<>();
    Set<String> held = new HashSet<>();
    for (Placement placement : quote.placements()) {
      byOperator.merge(placement.operator(), 1, Integer::sum);
      held.add(placement.minerId().text());
    }
    long waitedMs = Math.max(0, atMs - quote.requestedAtMs());
    Needs needs =
        new Needs(quote.lacking(), quote.required(), quote.highestPrice(), held, byOperator);
    return demand(quote, needs, waitedMs);
  }

  /** What each of its miners must be, whoever is held already. */
  public static Demand wish(Quote quote) {
    return demand(quote, new Needs(1, 1, quote.spec().maxGasPrice(), Set.of(), Map.of()), 0);
  }

  private record Needs(
      int lacking, int required, GasPrice bid, Set<String> held, Map<String, Integer> byOperator) {}

  private static Demand demand(Quote quote, Needs needs, long waitedMs) {
    DeploymentSpec spec = quote.spec();
    GasPrice budget = new GasPrice(spec.budget().pico());
    return new Demand(
        quote.id().text(),
        new TierSet(spec.tiers().mask()),
        spec.minPerformance(),
        (budget.compareTo(needs.bid()) < 0 ? budget : needs.bid()).clamped(),
        Set.copyOf(spec.regions()),
        Set.copyOf(spec.allowOperators()),
        Set.copyOf(spec.denyOperators()),
        needs.held(),
        spec.preference(),
        needs.lacking(),
        needs.required(),
        spec.maxPerOperator(),
        needs.byOperator(),
        waitedMs / 1000);
  }
}
