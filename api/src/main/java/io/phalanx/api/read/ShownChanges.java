package io.phalanx.api.read;

import io.phalanx.placement.TierSet;
import io.phalanx.placement.explain.Change;
import io.phalanx.placement.explain.Relaxation;
import io.phalanx.scheduler.unit.GasPrice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Relaxations in the form of a request, so that they can be sent as they are. */
final class ShownChanges {

  private ShownChanges() {}

  /**
   * The relaxation as a merge patch of the request, with what it would bring.
   *
   * @param settled replicas that count for minReplicas already, live or completed
   */
  static ExplanationView.Relaxation of(Relaxation relaxation, int settled) {
    Map<String, Object> patch = new LinkedHashMap<>();
    for (Change change : relaxation.changes()) {
      patch.put(change.field().wireName(), value(change, settled));
    }
    return new ExplanationView.Relaxation(
        patch, relaxation.eligibleMiners(), relaxation.idleEligibleMiners());
  }

  private static Object value(Change change, int settled) {
    return switch (change.field()) {
      case TIERS -> tiers(new TierSet((int) change.number()));
      case MAX_GAS_PRICE -> GasPrice.of(change.number());
      case MIN_REPLICAS -> change.number() + settled;
      case MIN_PERFORMANCE, MAX_PER_OPERATOR -> change.number();
      case REGIONS, ALLOW_OPERATORS, DENY_OPERATORS -> List.copyOf(new TreeSet<>(change.names()));
    };
  }

  private static List<Integer> tiers(TierSet tiers) {
    return IntStream.rangeClosed(TierSet.BEST, TierSet.WORST)
        .filter(tiers::contains)
        .boxed()
        .toList();
  }
}
