package io.phalanx.placement.exact;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Market;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.Preference;
import io.phalanx.placement.TierSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What problems of one kind have in common; a seed makes one of them.
 *
 * @param slots about so many in all
 * @param priorities how many different bids there are
 * @param gangs fewest and most slots of a deployment, all needed at once when it is a gang
 * @param gangPercent how many of a hundred deployments insist on all their slots at once
 * @param cap most slots of one deployment on an operator, 0 = any, −1 = 0, 1 or 2 as it falls
 * @param topPercent how many of a hundred miners are of tier 1 or 2; when few, most ask for them
 * @param wishes whether there are regions, lists of operators, excluded miners, live replicas
 */
public record Shape(
    String name,
    int miners,
    int slots,
    int operators,
    int priorities,
    List<Integer> gangs,
    int gangPercent,
    int cap,
    int topPercent,
    boolean wishes) {
  /** Higher bids are worth no more. */
  private static final long MOST_COUNTED = 20_000;

  private static final long HUGE = 1_000_000_000_000_000L;

  /** Every deployment a gang of 3 to 5, priorities 1 to 3, top tiers short. */
  public static Shape adversarial(int miners, int slots, int operators) {
    String name = "adversarial " + miners + "x" + slots + " on " + operators;
    return new Shape(name, miners, slots, operators, 3, List.of(3, 5), 100, 1, 10, false);
  }

  /** Whether top tiers are short. */
  boolean isContended() {
    return topPercent < 60;
  }

  /** One of these problems. */
  public PlacementProblem problem(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < miners; i++) {
      candidates.add(miner(random, i));
    }
    List<Demand> demands = new ArrayList<>();
    for (int left = slots; left > 0; left -= demands.get(demands.size() - 1).lacking()) {
      demands.add(demand(random, demands.size()));
    }
    Map<String, Integer> active = new HashMap<>();
    for (int o = 0; o < operators; o++) {
      active.put("op" + o, random.nextInt(20));
    }
    int activeOfAll = active.values().stream().mapToInt(Integer::intValue).sum();
    Market market = new Market(1000, operators, activeOfAll, active);
    return new PlacementProblem(candidates, demands, market, Objective.DEFAULT);
  }

  private Candidate miner(SplittableRandom random, int i) {
    boolean isTop = random.nextInt(100) < topPercent;
    return new Candidate(
        "m" + i,
        isTop ? 1 + random.nextInt(2) : 3 + random.nextInt(3),
        50 + random.nextInt(3000),
        "op" + Math.min(random.nextInt(operators), random.nextInt(operators)),
        random.nextInt(3) == 0 ? "us" : "eu",
        random.nextInt(900),
        random.nextInt(5000));
  }

  private Demand demand(SplittableRandom random, int i) {
    int lacking = gangs.get(0) + random.nextInt(gangs.get(1) - gangs.get(0) + 1);
    boolean isGang = random.nextInt(100) < gangPercent;
    int wish = wishes ? random.nextInt(8) : -1;
    String operator = "op" + random.nextInt(operators);
    long bid = Math.min(1000L, MOST_COUNTED / priorities) * (1 + random.nextInt(priorities));
    return new Demand(
        "d" + i,
        tiers(random),
        random.nextInt(4) == 0 ? 500 : 0,
        wish == 7 ? HUGE : bid,
        wish == 0 ? Set.of("us") : Set.of(),
        wish == 1 ? new HashSet<>(List.of(operator, "op0")) : Set.of(),
        wish == 2 ? Set.of(operator) : Set.of(),
        wish == 3 ? Set.of("m0", "m1", "gone") : Set.of(),
        List.of(Preference.values()).get(random.nextInt(4)),
        lacking,
        wish == 5 ? 1 + random.nextInt(lacking) : isGang ? lacking : 1,
        cap < 0 ? random.nextInt(3) : cap,
        wish == 4 ? Map.of(operator, 1 + random.nextInt(2)) : Map.of(),
        wish == 6 ? random.nextInt(100_000) : 0);
  }

  /** Seven of ten want a top tier; that is contended when those are few. */
  private static TierSet tiers(SplittableRandom random) {
    int kind = random.nextInt(10);
    return kind < 3
        ? TierSet.of(1)
        : kind < 7 ? TierSet.of(1, 2) : kind < 9 ? TierSet.of(1, 2, 3) : TierSet.of(1, 2, 3, 4, 5);
  }

  @Override
  public String toString() {
    return name;
  }
}
