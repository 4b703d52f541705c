package io.phalanx.placement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Problems made for tests. */
public final class Samples {
  public static final Market MARKET = new Market(1000, 3, 0, Map.of());
  public static final SolveLimits LIMITS = SolveLimits.of(7, Duration.ofMinutes(5));

  private Samples() {}

  /** A miner of tier 3 with P 800 and an ask of 100. */
  public static Candidate miner(String id) {
    return new Candidate(id, 3, 800, "op-" + id, "eu", 100, 0);
  }

  public static Candidate miner(String id, int tier, String operator, long ask) {
    return new Candidate(id, tier, 800, operator, "eu", ask, 0);
  }

  /** A deployment that takes any miner. */
  public static Demand demand(String id, int lacking, int required, long bid) {
    return demand(id, lacking, required, bid, 0);
  }

  public static Demand demand(String id, int lacking, int required, long bid, int cap) {
    return new Demand(
        id,
        TierSet.of(1, 2, 3, 4, 5),
        0,
        bid,
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        Preference.BALANCED,
        lacking,
        required,
        cap,
        Map.of(),
        0);
  }

  public static PlacementProblem problem(List<Candidate> miners, List<Demand> demands) {
    return new PlacementProblem(miners, demands, MARKET, Objective.DEFAULT);
  }

  /** A problem of about this size in which every rule matters, contended or not as it falls. */
  public static PlacementProblem random(long seed, int miners, int demands, int widest) {
    SplittableRandom random = new SplittableRandom(seed);
    int operators = 1 + random.nextInt(Math.max(1, miners));
    int bids = random.nextBoolean() ? 3 : 5000; // few or many different values
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < miners; i++) {
      candidates.add(
          new Candidate(
              "m" + i,
              1 + random.nextInt(5),
              random.nextInt(4000),
              "op" + random.nextInt(operators),
              random.nextInt(3) == 0 ? "us" : "eu",
              random.nextInt(900),
              random.nextInt(5000)));
    }
    List<Demand> wanted = new ArrayList<>();
    for (int i = 0; i < demands; i++) {
      wanted.add(randomDemand(random, "d" + i, widest, operators, bids));
    }
    Map<String, Integer> active = Map.of("op0", random.nextInt(20), "op1", random.nextInt(20));
    Market market =
        new Market(
            1000, operators, active.values().stream().mapToInt(Integer::intValue).sum(), active);
    return new PlacementProblem(candidates, wanted, market, Objective.DEFAULT);
  }

  private static Demand randomDemand(
      SplittableRandom random, String id, int widest, int operators, int bids) {
    int lacking = 1 + random.nextInt(widest);
    String operator = "op" + random.nextInt(operators);
    int cap = random.nextInt(3);
    int kind = random.nextInt(8);
    return new Demand(
        id,
        new TierSet((1 + random.nextInt(31)) << 1),
        random.nextBoolean() ? 0 : random.nextInt(2000),
        random.nextInt(6) == 0 ? 1_000_000_000_000L : 500 + 100L * random.nextInt(bids),
        kind == 0 ? Set.of("us") : Set.of(),
        kind == 1 ? new HashSet<>(List.of(operator, "op0")) : Set.of(),
        kind == 2 ? Set.of(operator) : Set.of(),
        kind == 3 ? Set.of("m0", "m1", "gone") : Set.of(),
        List.of(Preference.values()).get(random.nextInt(4)),
        lacking,
        1 + random.nextInt(lacking),
        cap,
        kind == 4 ? Map.of(operator, 1 + random.nextInt(2)) : Map.of(),
        random.nextBoolean() ? 0 : random.nextInt(100_000));
  }
}
