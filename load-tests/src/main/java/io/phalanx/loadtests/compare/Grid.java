package io.phalanx.loadtests.compare;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Fit;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.Preference;
import io.phalanx.placement.TierSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A problem as arrays that every peer reads, so that no peer pays for records and strings: who may
 * take what, and how well it fits. Slots are numbered demand by demand.
 */
public final class Grid {
  final PlacementProblem problem;
  final int miners;
  final int demands;
  final int slots;
  final int[] operator;
  final int operators;
  final int[] firstSlot;
  final long[] value;
  private final int[] tier;
  private final int[] performance;
  private final long[] ask;
  private final int[] region;
  private final long[][] fits;
  private final int[] mask;
  private final int[] minPerformance;
  private final long[] bid;
  private final boolean[] @Nullable [] regions;
  private final boolean[] @Nullable [] notOn;
  private final int[] preference;
  private final long[] offset;
  private final int[] cap;
  private final Map<String, Integer> minerIndex = new HashMap<>();

  Grid(PlacementProblem problem) {
    this.problem = problem;
    List<Candidate> candidates = problem.candidates();
    miners = candidates.size();
    demands = problem.demands().size();
    Map<String, Integer> operatorNames = new HashMap<>();
    Map<String, Integer> regionNames = new HashMap<>();
    tier = new int[miners];
    performance = new int[miners];
    ask = new long[miners];
    operator = new int[miners];
    region = new int[miners];
    for (int i = 0; i < miners; i++) {
      Candidate miner = candidates.get(i);
      tier[i] = miner.tier();
      performance[i] = miner.performance();
      ask[i] = miner.ask();
      operator[i] = number(operatorNames, miner.operator());
      region[i] = number(regionNames, miner.region());
      minerIndex.put(miner.minerId(), i);
    }
    operators = operatorNames.size();
    fits = new long[Preference.values().length][];
    mask = new int[demands];
    minPerformance = new int[demands];
    bid = new long[demands];
    regions = new boolean[demands][];
    notOn = new boolean[demands][];
    preference = new int[demands];
    offset = new long[demands];
    cap = new int[demands];
    value = new long[demands];
    firstSlot = new int[demands + 1];
    Fit fit = new Fit(problem.objective(), problem.market());
    for (int d = 0; d < demands; d++) {
      Demand demand = problem.demands().get(d);
      read(d, demand, fit);
      if (!demand.regions().isEmpty()) {
        regions[d] = members(regionNames, demand.regions());
      }
      if (!demand.denyOperators().isEmpty()) {
        notOn[d] = members(operatorNames, demand.denyOperators());
      }
    }
    slots = firstSlot[demands];
  }

  private void read(int d, Demand demand, Fit fit) {
    if (!demand.allowOperators().isEmpty()
        || !demand.excludedMiners().isEmpty()
        || !demand.liveByOperator().isEmpty()) {
      throw new IllegalArgumentException("made problems have no such demand: " + demand);
    }
    mask[d] = demand.tiers().mask();
    minPerformance[d] = demand.minPerformance();
    bid[d] = demand.maxGasPrice();
    preference[d] = List.of(Preference.values()).indexOf(demand.preference());
    cap[d] = demand.maxPerOperator() == 0 ? Integer.MAX_VALUE : demand.maxPerOperator();
    value[d] = problem.objective().value(demand, problem.market().referencePrice());
    long waste =
        (long) problem.objective().weights(demand.preference()).frugality()
            * problem.objective().wastePerTier();
    offset[d] = waste * (TierSet.WORST - demand.tiers().worst());
    firstSlot[d + 1] = firstSlot[d] + demand.lacking();
    if (fits[preference[d]] == null) {
      fits[preference[d]] = ranked(demand, fit, offset[d]);
    }
  }

  /** The fit of every miner as for someone who accepts every tier. */
  private long[] ranked(Demand demand, Fit fit, long shift) {
    long[] all = new long[miners];
    long perTier = shift == 0 ? 0 : shift / (TierSet.WORST - demand.tiers().worst());
    for (int i = 0; i < miners; i++) {
      int tooLow = Math.max(0, tier[i] - demand.tiers().worst());
      all[i] = fit.of(demand, problem.candidates().get(i)) - shift + tooLow * perTier;
    }
    return all;
  }

  private static int number(Map<String, Integer> names, String name) {
    return names.computeIfAbsent(name, key -> names.size());
  }

  private static boolean[] members(Map<String, Integer> names, Set<String> wanted) {
    boolean[] in = new boolean[names.size()];
    for (String name : new HashSet<>(wanted)) {
      Integer index = names.get(name);
      if (index != null) {
        in[index] = true;
      }
    }
    return in;
  }

  /** Equal for equal problems, whatever the process. */
  long fingerprint() {
    long hash = 1;
    for (int i = 0; i < miners; i++) {
      hash = 31 * hash + tier[i] + 7L * performance[i] + 131 * ask[i];
      hash = 31 * hash + operator[i] + 17L * region[i];
    }
    for (int d = 0; d < demands; d++) {
      hash = 31 * hash + mask[d] + 7L * minPerformance[d] + 131 * bid[d] + 17 * value[d];
      hash = 31 * hash + lacking(d) + 7L * required(d) + 131L * cap[d] + preference[d];
      hash = 31 * hash + Arrays.hashCode(regions[d]) + 7L * Arrays.hashCode(notOn[d]);
    }
    for (long[] fit : fits) {
      hash = 31 * hash + Arrays.hashCode(fit);
    }
    return hash;
  }

  Demand demand(int d) {
    return problem.demands().get(d);
  }

  /** How many slots it lacks. */
  public int lacking(int d) {
    return firstSlot[d + 1] - firstSlot[d];
  }

  /** The fewest that may be placed. */
  public int required(int d) {
    return demand(d).required();
  }

  /** How many miners there are. */
  public int miners() {
    return miners;
  }

  /** How many demands there are. */
  public int demands() {
    return demands;
  }

  /** The number of the demand's first slot; the others follow it. */
  public int firstSlot(int d) {
    return firstSlot[d];
  }

  /** Who owns the miner. */
  public int operatorOf(int miner) {
    return operator[miner];
  }

  /** What a slot of the demand is worth. */
  public long value(int d) {
    return value[d];
  }

  /** How many of its slots one operator may take. */
  public int cap(int d) {
    return cap[d];
  }

  /** Whether the pair is eligible. */
  public boolean suits(int d, int miner) {
    boolean[] in = regions[d];
    boolean[] out = notOn[d];
    return (mask[d] >> tier[miner] & 1) != 0
        && performance[miner] >= minPerformance[d]
        && ask[miner] <= bid[d]
        && (in == null || in[region[miner]])
        && (out == null || !out[operator[miner]]);
  }

  /** The fit of a pair that suits. */
  public long fit(int d, int miner) {
    return fits[preference[d]][miner] + offset[d];
  }

  /** Demands by falling value, the order of a priority queue. */
  public int[] byValue() {
    Integer[] order = new Integer[demands];
    Arrays.setAll(order, d -> d);
    Arrays.sort(order, (a, b) -> Long.compare(value[b], value[a]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  /** Nothing placed. */
  public int[] nothing() {
    int[] minerOf = new int[slots];
    Arrays.fill(minerOf, -1);
    return minerOf;
  }

  /** A plan as the miner of each slot. */
  int[] of(PlacementPlan plan) {
    Map<String, Integer> first = new HashMap<>();
    for (int d = 0; d < demands; d++) {
      first.put(demand(d).deploymentId(), firstSlot[d]);
    }
    int[] minerOf = nothing();
    plan.lines()
        .forEach(
            line ->
                minerOf[first.getOrDefault(line.deploymentId(), -1) + line.slot()] =
                    minerIndex.getOrDefault(line.minerId(), -1));
    return minerOf;
  }

  /** Demands of which fewer slots are placed than must be at once lose them all. */
  public int[] withoutBrokenGangs(int[] minerOf) {
    int[] whole = minerOf.clone();
    for (int d = 0; d < demands; d++) {
      List<Integer> placed = new ArrayList<>();
      for (int slot = firstSlot[d]; slot < firstSlot[d + 1]; slot++) {
        if (minerOf[slot] >= 0) {
          placed.add(slot);
        }
      }
      if (placed.size() < required(d)) {
        placed.forEach(slot -> whole[slot] = -1);
      }
    }
    return whole;
  }
}
