package io.phalanx.placement.sizes;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Market;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.Preference;
import io.phalanx.placement.TierSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Makes problems by seed: miners of operators of very different sizes, and contracts of one to five
 * replicas, some of them gangs, with every preference and kind of limit.
 */
public final class SizedProblem {
  private static final long REFERENCE = 1000;
  private static final List<Preference> PREFERENCES = List.of(Preference.values());

  private final SplittableRandom random;
  private final int miners;
  private final int replicas;
  private final boolean contended;
  private final int operators;

  private SizedProblem(long seed, int miners, int replicas, boolean contended) {
    this.random = new SplittableRandom(seed);
    this.miners = miners;
    this.replicas = replicas;
    this.contended = contended;
    this.operators = Math.max(1, miners / 25);
  }

  /**
   * A problem with that many miners and replicas.
   *
   * @param contended whether tiers 1 and 2 are a tenth of the miners while seven contracts in ten
   *     accept no other; else there are enough of every tier
   */
  public static PlacementProblem of(long seed, int miners, int replicas, boolean contended) {
    return new SizedProblem(seed, miners, replicas, contended).make();
  }

  private PlacementProblem make() {
    List<Candidate> candidates = new ArrayList<>(miners);
    for (int i = 0; i < miners; i++) {
      candidates.add(candidate(i));
    }
    List<Demand> demands = new ArrayList<>();
    int left = replicas;
    while (left > 0) {
      Demand demand = demand(demands.size(), Math.min(left, 1 + random.nextInt(5)));
      demands.add(demand);
      left -= demand.lacking();
    }
    Map<String, Integer> active = new HashMap<>();
    int all = 0;
    for (int o = 0; o < operators; o++) {
      int count = random.nextInt(1 + miners / operators / 2);
      active.put("op" + o, count);
      all += count;
    }
    return new PlacementProblem(
        candidates, demands, new Market(REFERENCE, operators, all, active), Objective.DEFAULT);
  }

  private Candidate candidate(int number) {
    int tier;
    if (contended) {
      tier = random.nextInt(10) == 0 ? 1 + random.nextInt(2) : 3 + random.nextInt(3);
    } else {
      tier = 1 + random.nextInt(5);
    }
    double share = random.nextDouble();
    return new Candidate(
        "m" + number,
        tier,
        50 + random.nextInt(3000),
        "op" + (int) (share * share * operators),
        List.of("eu", "us", "ap").get(random.nextInt(3)),
        50 + random.nextInt(800),
        random.nextInt(8000));
  }

  private Demand demand(int number, int lacking) {
    int required = random.nextInt(3) == 0 ? 1 + random.nextInt(lacking) : lacking;
    return new Demand(
        "d" + number,
        tiers(),
        random.nextInt(2) == 0 ? 0 : 300 * random.nextInt(5),
        500 + random.nextInt(1500),
        random.nextInt(10) == 0 ? Set.of("eu", "us") : Set.of(),
        Set.of(),
        random.nextInt(20) == 0 ? Set.of("op" + random.nextInt(operators)) : Set.of(),
        Set.of(),
        PREFERENCES.get(random.nextInt(4)),
        lacking,
        required,
        1 + random.nextInt(2),
        Map.of(),
        random.nextInt(7200));
  }

  private TierSet tiers() {
    if (contended && random.nextInt(10) < 7) {
      return random.nextBoolean() ? TierSet.of(1) : TierSet.of(1, 2);
    }
    return switch (random.nextInt(4)) {
      case 0 -> TierSet.of(1, 2, 3);
      case 1 -> TierSet.of(4, 5);
      case 2 -> TierSet.of(1, 2);
      default -> TierSet.of(1, 2, 3, 4, 5);
    };
  }
}
