package io.phalanx.loadtests.compare;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Market;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.Preference;
import io.phalanx.placement.TierSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Problems by seed. Miners have tiers, scores, asks and idle times independent of each other;
 * operators own from one miner to a few per cent of the fleet. Where top tiers are short, tiers 1
 * and 2 are a tenth of the miners and seven deployments of ten accept only tier 1 or 1 and 2.
 */
public final class Instances {
  /** In the order of their shares. */
  private static final List<Preference> PREFERENCES = List.of(Preference.values());

  private static final long REFERENCE_PRICE = 1_000;
  private static final int QUIET_LEAST = 10;
  private static final int[] TIERS = {25, 25, 10, 15, 25};
  private static final int[] TIERS_CONTENDED = {5, 5, 20, 30, 40};
  private static final String[] REGIONS = {"eu", "us", "ap", "sa"};

  private final Size size;
  private final SplittableRandom random;
  private final int operators;

  private Instances(Size size, long seed) {
    this.size = size;
    this.random =
        new SplittableRandom(seed * 1_000_003 + size.miners() + (size.contended() ? 1 : 0));
    this.operators = size == Size.GANGS ? 12 : Math.max(20, size.miners() / 40);
  }

  /** The problem of that size and seed. */
  public static PlacementProblem of(Size size, long seed) {
    return new Instances(size, seed).problem();
  }

  private PlacementProblem problem() {
    List<Candidate> miners = new ArrayList<>(size.miners());
    for (int i = 0; i < size.miners(); i++) {
      miners.add(miner(i));
    }
    int wanted =
        size == Size.QUIET ? random.nextInt(QUIET_LEAST, size.replicas() + 1) : size.replicas();
    List<Demand> demands = new ArrayList<>();
    for (int slots = 0; slots < wanted; slots += demands.get(demands.size() - 1).lacking()) {
      demands.add(demand(demands.size(), wanted - slots));
    }
    return new PlacementProblem(miners, demands, market(), Objective.DEFAULT);
  }

  private Market market() {
    Map<String, Integer> active = new TreeMap<>();
    int all = 0;
    for (int operator = 0; operator < operators; operator++) {
      int count = random.nextInt(0, 2 * size.miners() / operators + 1);
      active.put("op-" + operator, count);
      all += count;
    }
    return new Market(REFERENCE_PRICE, operators, all, active);
  }

  private Candidate miner(int number) {
    int tier = 1 + weighted(size.contended() ? TIERS_CONTENDED : TIERS);
    double share = random.nextDouble();
    int operator = (int) (operators * share * share); // few own many
    return new Candidate(
        "m-" + number,
        tier,
        (int) Math.min(6_000, 50 + 1_000 * random.nextExponential()),
        "op-" + operator,
        REGIONS[weighted(new int[] {45, 35, 15, 5})],
        random.nextInt(50, 800),
        random.nextInt(0, 5_000));
  }

  private Demand demand(int number, int most) {
    boolean gang = size == Size.GANGS;
    int replicas = Math.min(most, gang ? random.nextInt(3, 6) : widths());
    int required = gang || random.nextInt(10) < 7 ? replicas : random.nextInt(1, replicas + 1);
    return new Demand(
        "d-" + number,
        tiers(),
        gang || random.nextInt(3) > 0 ? 0 : random.nextInt(50, 800),
        gang ? 1_000 * random.nextInt(1, 4) : random.nextInt(600, 2_500),
        !gang && random.nextInt(5) == 0 ? Set.of("eu", "us") : Set.of(),
        Set.of(),
        !gang && random.nextInt(20) == 0 ? Set.of("op-" + random.nextInt(operators)) : Set.of(),
        Set.of(),
        PREFERENCES.get(weighted(new int[] {50, 15, 15, 20})),
        replicas,
        required,
        gang ? 1 : 1 - weighted(new int[] {85, 15}),
        Map.of(),
        gang ? 0 : random.nextInt(0, 3_600));
  }

  private int widths() {
    return new int[] {1, 2, 3, 5, 8}[weighted(new int[] {50, 20, 15, 10, 5})];
  }

  private TierSet tiers() {
    if (size.contended() && random.nextInt(10) < 7) {
      return random.nextInt(2) == 0 ? TierSet.of(1) : TierSet.of(1, 2);
    }
    return switch (random.nextInt(5)) {
      case 0 -> TierSet.of(1, 2);
      case 1 -> TierSet.of(1, 2, 3);
      case 2 -> TierSet.of(3, 4, 5);
      case 3 -> TierSet.of(2, 3, 4, 5);
      default -> TierSet.of(1, 2, 3, 4, 5);
    };
  }

  private int weighted(int[] weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    int at = random.nextInt(sum);
    int index = 0;
    while (at >= weights[index]) {
      at -= weights[index++];
    }
    return index;
  }
}
