package io.phalanx.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What each line of a plan costs: the ask, unless a slot that was left out could have had that
 * miner; then the highest bid of those, but never more than the winner's own bid. So a high bid
 * buys priority only at the price of who it displaces.
 */
public final class ClearingPrices {
  private ClearingPrices() {}

  /**
   * The lines of {@code plan}, in their order, with their prices. The plan is one of the problem.
   */
  public static List<PricedLine> of(PlacementProblem problem, PlacementPlan plan) {
    Map<String, Candidate> miners = new HashMap<>();
    problem.candidates().forEach(miner -> miners.put(miner.minerId(), miner));
    return of(problem.demands(), miners::get, plan);
  }

  /**
   * The same of a plan for these demands.
   *
   * @param miners the candidate of that name; how long it has been Idle does not matter
   */
  public static List<PricedLine> of(
      List<Demand> demands, Function<String, @Nullable Candidate> miners, PlacementPlan plan) {
    Map<String, Demand> byId = new HashMap<>();
    demands.forEach(demand -> byId.put(demand.deploymentId(), demand));
    List<LeftOut> leftOut = leftOut(demands, plan, miners);
    List<PricedLine> priced = new ArrayList<>(plan.lines().size());
    for (Line line : plan.lines()) {
      long bid = known(byId.get(line.deploymentId()), line).maxGasPrice();
      Candidate miner = known(miners.apply(line.minerId()), line);
      priced.add(new PricedLine(line, Math.min(bid, highestBid(leftOut, miner))));
    }
    return priced;
  }

  /**
   * The highest bid for {@code miner} of those left out, or its ask when there is none above it.
   */
  private static long highestBid(List<LeftOut> leftOut, Candidate miner) {
    for (LeftOut waiting : leftOut) {
      if (waiting.demand().maxGasPrice() <= miner.ask()) {
        break;
      }
      if (waiting.accepts(miner)) {
        return waiting.demand().maxGasPrice();
      }
    }
    return miner.ask();
  }

  /**
   * Demands with a slot that was not placed, by falling bid; of those that accept the same miners,
   * the first.
   */
  private static List<LeftOut> leftOut(
      List<Demand> demands, PlacementPlan plan, Function<String, @Nullable Candidate> miners) {
    Map<String, Map<String, Integer>> placed = new HashMap<>();
    Set<String> holders = new HashSet<>();
    for (Line line : plan.lines()) {
      Candidate miner = known(miners.apply(line.minerId()), line);
      placed
          .computeIfAbsent(line.deploymentId(), id -> new HashMap<>())
          .merge(miner.operator(), 1, Integer::sum);
      if (miner.reservedFor() != null) {
        holders.add(miner.reservedFor());
      }
    }
    Map<Object, LeftOut> byWishes = new HashMap<>();
    demands.stream()
        .map(demand -> new LeftOut(demand, placed.getOrDefault(demand.deploymentId(), Map.of())))
        .filter(LeftOut::hasOpenSlot)
        .sorted(Comparator.comparingLong((LeftOut out) -> out.demand().maxGasPrice()).reversed())
        .forEach(out -> byWishes.putIfAbsent(out.wishes(holders), out));
    return byWishes.values().stream()
        .sorted(Comparator.comparingLong((LeftOut out) -> out.demand().maxGasPrice()).reversed())
        .toList();
  }

  private static <T> T known(@Nullable T found, Line line) {
    if (found == null) {
      throw new IllegalArgumentException("the plan is not of this problem: " + line);
    }
    return found;
  }

  /** A demand that was not placed in full, with what it got by operator. */
  private record LeftOut(Demand demand, Map<String, Integer> placedOn) {
    boolean hasOpenSlot() {
      return placedOn.values().stream().mapToInt(Integer::intValue).sum() < demand.lacking();
    }

    boolean accepts(Candidate miner) {
      return placedOn.getOrDefault(miner.operator(), 0) < demand.roomOn(miner.operator())
          && Eligibility.accepts(demand, miner);
    }

    /**
     * Equal for demands that accept the same miners at any price.
     *
     * @param holders deployments for which miners of the plan are held
     */
    Object wishes(Set<String> holders) {
      boolean isCapped =
          demand.maxPerOperator() > 0 && !(placedOn.isEmpty() && demand.liveByOperator().isEmpty());
      return isCapped || holders.contains(demand.deploymentId())
          ? demand
          : List.<Object>of(
              demand.tiers(),
              demand.minPerformance(),
              demand.regions(),
              demand.allowOperators(),
              demand.denyOperators(),
              demand.excludedMiners());
    }
  }
}
