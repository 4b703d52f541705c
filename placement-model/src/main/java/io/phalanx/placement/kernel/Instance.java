package io.phalanx.placement.kernel;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Constraint;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Fit;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.Preference;
import io.phalanx.placement.TierSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A round as arrays: the fleet, and the demands numbered as in the problem. The slots of a demand
 * are consecutive. It says what {@link io.phalanx.placement.Eligibility} and {@link Fit} say of the
 * same records.
 */
public final class Instance {
  final Fleet fleet;
  final int demands;
  final int slots;
  final int[] firstSlot;
  final int[] demandOf;
  final int[] lacking;
  final int[] required;
  final long[] value;
  final int[] cap;
  final int[] tiers;
  final Ranking[] ranking;

  /** Where {@link #ranking} is in {@link #rankings}. */
  final int[] rankingIndex;

  /** Demands of one class accept the same miners. */
  final int[] classOf;

  /** The rankings in use. */
  final List<Ranking> rankings;

  private final PlacementProblem problem;
  private final int[] minPerformance;
  private final long[] maxGasPrice;
  private final boolean[] @Nullable [] regions;
  private final boolean[] @Nullable [] operators;
  private final int[] @Nullable [] excluded;
  private final int[] @Nullable [] live;
  private final int[] worst;
  private final long[] tierWaste;
  private final long[] offset;
  private final Map<List<Set<String>>, boolean[]> sharedSets = new HashMap<>();

  public Instance(PlacementProblem problem, long seed) {
    this.problem = problem;
    Fit fit = new Fit(problem.objective(), problem.market());
    fleet = new Fleet(problem.candidates(), fit, problem.objective(), seed);
    demands = problem.demands().size();
    firstSlot = new int[demands + 1];
    lacking = new int[demands];
    required = new int[demands];
    value = new long[demands];
    cap = new int[demands];
    tiers = new int[demands];
    ranking = new Ranking[demands];
    rankingIndex = new int[demands];
    classOf = new int[demands];
    minPerformance = new int[demands];
    maxGasPrice = new long[demands];
    regions = new boolean[demands][];
    operators = new boolean[demands][];
    excluded = new int[demands][];
    live = new int[demands][];
    worst = new int[demands];
    tierWaste = new long[demands];
    offset = new long[demands];
    Map<Object, Integer> classes = new HashMap<>();
    Map<Preference, Ranking> used = new LinkedHashMap<>();
    for (int d = 0; d < demands; d++) {
      Demand demand = problem.demands().get(d);
      readWishes(d, demand);
      readLimits(d, demand);
      ranking[d] = used.computeIfAbsent(demand.preference(), fleet::ranking);
      classOf[d] = classes.computeIfAbsent(classKey(demand), key -> classes.size());
      firstSlot[d + 1] = firstSlot[d] + lacking[d];
    }
    rankings = List.copyOf(used.values());
    Arrays.setAll(rankingIndex, d -> rankings.indexOf(ranking[d]));
    slots = firstSlot[demands];
    demandOf = new int[slots];
    for (int d = 0; d < demands; d++) {
      Arrays.fill(demandOf, firstSlot[d], firstSlot[d + 1], d);
    }
  }

  public int slots() {
    return slots;
  }

  public int miners() {
    return fleet.size;
  }

  public int demandOf(int slot) {
    return demandOf[slot];
  }

  /** The slot's number within its demand. */
  public int slotWithin(int slot) {
    return slot - firstSlot[demandOf[slot]];
  }

  public int firstSlot(int demand) {
    return firstSlot[demand];
  }

  public int lacking(int demand) {
    return lacking[demand];
  }

  public int required(int demand) {
    return required[demand];
  }

  public long value(int demand) {
    return value[demand];
  }

  public int operator(int miner) {
    return fleet.operator[miner];
  }

  public Demand demand(int demand) {
    return problem.demands().get(demand);
  }

  public Candidate candidate(int miner) {
    return fleet.candidate(miner);
  }

  public int demands() {
    return demands;
  }

  /** Whether {@code miner} may take a slot of {@code demand}, but for the operator's cap. */
  public boolean suits(int demand, int miner) {
    return (tiers[demand] >> fleet.tier[miner] & 1) != 0 && meets(demand, miner);
  }

  /** As {@link #suits} when the tier is known to be accepted. */
  boolean meets(int demand, int miner) {
    if (fleet.performance[miner] < minPerformance[demand]
        || fleet.ask[miner] > maxGasPrice[demand]) {
      return false;
    }
    boolean[] inRegions = regions[demand];
    boolean[] ofOperators = operators[demand];
    int[] without = excluded[demand];
    return (inRegions == null || inRegions[fleet.region[miner]])
        && (ofOperators == null || ofOperators[fleet.operator[miner]])
        && (without == null || Arrays.binarySearch(without, miner) < 0);
  }

  /** How many rules of the pair this one breaks, but for the operator's cap. */
  public int faults(int demand, int miner) {
    if (suits(demand, miner)) {
      return 0;
    }
    Set<Constraint> failed = Eligibility.failed(demand(demand), candidate(miner));
    return failed.size() - (failed.contains(Constraint.MAX_PER_OPERATOR) ? 1 : 0);
  }

  public long fit(int demand, int miner) {
    int tooLow = Math.max(0, fleet.tier[miner] - worst[demand]); // only of pairs that do not suit
    return ranking[demand].fit[miner] + offset[demand] - tooLow * tierWaste[demand];
  }

  /** What the fit of this demand has over the ranking's, whatever the miner. */
  long offset(int demand) {
    return offset[demand];
  }

  /** How many slots of {@code demand} may be on {@code operator} beside the live ones. */
  public int room(int demand, int operator) {
    if (cap[demand] == 0) {
      return Integer.MAX_VALUE;
    }
    int[] known = live[demand];
    if (known != null) {
      for (int i = 0; i < known.length; i += 2) {
        if (known[i] == operator) {
          return Math.max(0, cap[demand] - known[i + 1]);
        }
      }
    }
    return cap[demand];
  }

  /** Pairs (operator, live replicas), or null when there are none. */
  int @Nullable [] live(int demand) {
    return live[demand];
  }

  /**
   * Puts another demand in the place of one: of the same deployment, with as many slots and the
   * same preference, so that slots and rankings stay as they are.
   */
  void replace(int d, Demand demand) {
    if (demand.lacking() != lacking[d] || demand.preference() != demand(d).preference()) {
      throw new IllegalArgumentException("another number of slots, or another preference");
    }
    regions[d] = null;
    operators[d] = null;
    excluded[d] = null;
    live[d] = null;
    readWishes(d, demand);
    readLimits(d, demand);
    classOf[d] = demands; // a class of its own, whomever it was like before
  }

  private void readWishes(int d, Demand demand) {
    tiers[d] = demand.tiers().mask();
    minPerformance[d] = demand.minPerformance();
    maxGasPrice[d] = demand.maxGasPrice();
    if (!demand.regions().isEmpty()) {
      regions[d] = fleet.regions.allowed(demand.regions(), Set.of());
    }
    if (!demand.allowOperators().isEmpty() || !demand.denyOperators().isEmpty()) {
      operators[d] =
          sharedSets.computeIfAbsent(
              List.of(demand.allowOperators(), demand.denyOperators()),
              key -> fleet.operators.allowed(key.get(0), key.get(1)));
    }
    if (!demand.excludedMiners().isEmpty()) {
      excluded[d] =
          demand.excludedMiners().stream()
              .mapToInt(fleet::find)
              .filter(miner -> miner >= 0)
              .sorted()
              .toArray();
    }
  }

  private void readLimits(int d, Demand demand) {
    Objective objective = problem.objective();
    lacking[d] = demand.lacking();
    required[d] = demand.required();
    value[d] = objective.value(demand, problem.market().referencePrice());
    cap[d] = demand.maxPerOperator();
    worst[d] = demand.tiers().worst();
    tierWaste[d] =
        (long) objective.weights(demand.preference()).frugality() * objective.wastePerTier();
    offset[d] = tierWaste[d] * (TierSet.WORST - worst[d]);
    if (cap[d] > 0 && !demand.liveByOperator().isEmpty()) {
      live[d] =
          demand.liveByOperator().entrySet().stream()
              .filter(entry -> fleet.operators.find(entry.getKey()) >= 0)
              .sorted(Map.Entry.comparingByKey())
              .flatMapToInt(
                  entry ->
                      java.util.stream.IntStream.of(
                          fleet.operators.find(entry.getKey()), entry.getValue()))
              .toArray();
    }
  }

  private static Object classKey(Demand demand) {
    return List.of(
        demand.tiers(),
        demand.minPerformance(),
        demand.maxGasPrice(),
        demand.regions(),
        demand.allowOperators(),
        demand.denyOperators(),
        demand.excludedMiners());
  }
}
