package io.phalanx.placement.kernel;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Constraint;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Market;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A round as arrays: the fleet, and the demands that {@link Thinning} leaves, in the order of the
 * problem. The slots of a demand are consecutive. It says what {@link
 * io.phalanx.placement.Eligibility} and {@link io.phalanx.placement.Fit} say of the same records.
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

  final int classes;

  /** Demands of one kind are of one class and have one ranking: they share shortlists. */
  final int[] kindOf;

  final int kinds;

  /** The rankings in use. */
  final List<Ranking> rankings;

  /** The ranks of each miner in all {@link #rankings} side by side, as they are used together. */
  private final int[] ranks;

  private final Question question;
  private final List<Demand> asked;
  private final Wishes[] wishes;
  private final int[] @Nullable [] live;
  private final int[] worst;
  private final long[] tierWaste;
  private final long[] offset;
  private final Map<Limits, boolean[]> sharedLimits = new HashMap<>();

  private record Limits(boolean ofRegions, Set<String> allowed, Set<String> denied) {}

  /**
   * What a round is about, beside its fleet.
   *
   * @param demands who waits
   */
  public record Question(List<Demand> demands, Market market, Objective objective) {}

  /** The round of {@code problem} with everyone who waits, on an index of its own. */
  public Instance(PlacementProblem problem, long seed) {
    this(
        question(problem),
        fleet(FleetIndex.of(problem.candidates()), question(problem), 0, seed),
        false);
  }

  /**
   * A round at that time on the miners of an index, with those who wait and are not too many.
   *
   * @param atMs in the index's time
   * @param seed breaks ties
   */
  public static Instance thinned(FleetIndex index, Question question, long atMs, long seed) {
    return new Instance(question, fleet(index, question, atMs, seed), true);
  }

  private static Question question(PlacementProblem problem) {
    return new Question(problem.demands(), problem.market(), problem.objective());
  }

  private static Fleet fleet(FleetIndex index, Question question, long atMs, long seed) {
    return index.fleet(atMs, question.market(), question.objective(), seed);
  }

  private Instance(Question question, Fleet fleet, boolean isThinned) {
    this.question = question;
    this.fleet = fleet;
    Kinds all = new Kinds(fleet, question.demands());
    int[] kept = isThinned ? kept(all) : IntStream.range(0, all.kindOf.length).toArray();
    asked = Arrays.stream(kept).mapToObj(question.demands()::get).toList();
    classOf = Arrays.stream(kept).map(d -> all.classOf[d]).toArray();
    kindOf = Arrays.stream(kept).map(d -> all.kindOf[d]).toArray();
    classes = all.classes;
    kinds = all.kinds;
    demands = asked.size();
    firstSlot = new int[demands + 1];
    lacking = new int[demands];
    required = new int[demands];
    value = new long[demands];
    cap = new int[demands];
    tiers = new int[demands];
    ranking = new Ranking[demands];
    rankingIndex = new int[demands];
    wishes = new Wishes[demands];
    live = new int[demands][];
    worst = new int[demands];
    tierWaste = new long[demands];
    offset = new long[demands];
    Map<Preference, Ranking> used = new LinkedHashMap<>();
    for (int d = 0; d < demands; d++) {
      Demand demand = asked.get(d);
      wishes[d] = wishes(demand);
      tiers[d] = wishes[d].tiers;
      readLimits(d, demand);
      ranking[d] = used.computeIfAbsent(demand.preference(), fleet::ranking);
      firstSlot[d + 1] = firstSlot[d] + lacking[d];
    }
    rankings = List.copyOf(used.values());
    Arrays.setAll(rankingIndex, d -> rankings.indexOf(ranking[d]));
    ranks = sideBySide(rankings, fleet.size);
    slots = firstSlot[demands];
    demandOf = new int[slots];
    for (int d = 0; d < demands; d++) {
      Arrays.fill(demandOf, firstSlot[d], firstSlot[d + 1], d);
    }
  }

  private int[] kept(Kinds all) {
    List<Demand> everyone = question.demands();
    long[] values = new long[everyone.size()];
    long reference = question.market().referencePrice();
    Arrays.setAll(values, d -> question.objective().value(everyone.get(d), reference));
    return new Thinning(everyone, all, values, (d, most) -> suitable(everyone.get(d), most)).kept();
  }

  /** How many miners suit, counted up to {@code atMost}. */
  private int suitable(Demand demand, int atMost) {
    Wishes wishes = wishes(demand);
    int count = 0;
    for (int miner = 0; miner < fleet.size && count < atMost; miner++) {
      count += wishes.accept(fleet, miner) ? 1 : 0;
    }
    return count;
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
    return asked.get(demand);
  }

  public Question question() {
    return question;
  }

  /** Demands of the same kind share a shortlist. */
  public int kind(int demand) {
    return kindOf[demand];
  }

  public int kinds() {
    return kinds;
  }

  public Candidate candidate(int miner) {
    return fleet.candidate(miner);
  }

  public int demands() {
    return demands;
  }

  /** Whether {@code miner} may take a slot of {@code demand}, but for the operator's cap. */
  public boolean suits(int demand, int miner) {
    return wishes[demand].accept(fleet, miner);
  }

  /** As {@link #suits} when the tier is known to be accepted. */
  boolean meets(int demand, int miner) {
    return wishes[demand].meet(fleet, miner);
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

  private Wishes wishes(Demand demand) {
    boolean anywhere = demand.regions().isEmpty();
    boolean anyone = demand.allowOperators().isEmpty() && demand.denyOperators().isEmpty();
    return new Wishes(
        fleet.holders.find(demand.deploymentId()),
        demand.tiers().mask(),
        demand.minPerformance(),
        demand.maxGasPrice(),
        anywhere ? null : limits(true, demand.regions(), Set.of()),
        anyone ? null : limits(false, demand.allowOperators(), demand.denyOperators()),
        demand.excludedMiners().isEmpty() ? null : numbers(demand.excludedMiners()));
  }

  /** By number of the region or operator, whether it is allowed. */
  private static int[] sideBySide(List<Ranking> rankings, int miners) {
    int[] ranks = new int[miners * rankings.size()];
    for (int i = 0; i < rankings.size(); i++) {
      int[] own = rankings.get(i).rankOf;
      for (int miner = 0; miner < miners; miner++) {
        ranks[miner * rankings.size() + i] = own[miner];
      }
    }
    return ranks;
  }

  /** Takes {@code miner} out of sets of ranks, one set for each of {@link #rankings}. */
  void takeOut(long[][] sets, int miner) {
    int at = miner * sets.length;
    for (long[] set : sets) {
      Bits.clear(set, ranks[at++]);
    }
  }

  /** Puts {@code miner} into sets of ranks, one set for each of {@link #rankings}. */
  void putIn(long[][] sets, int miner) {
    int at = miner * sets.length;
    for (long[] set : sets) {
      Bits.set(set, ranks[at++]);
    }
  }

  /** Whether {@code miner} is in sets of ranks that have the same miners. */
  boolean isIn(long[][] sets, int miner) {
    return Bits.has(sets[0], ranks[miner * sets.length]);
  }

  private boolean[] limits(boolean ofRegions, Set<String> allowed, Set<String> denied) {
    return sharedLimits.computeIfAbsent(
        new Limits(ofRegions, allowed, denied),
        key -> (ofRegions ? fleet.regions : fleet.operators).allowed(allowed, denied));
  }

  private int[] numbers(Set<String> miners) {
    return miners.stream().mapToInt(fleet::find).filter(miner -> miner >= 0).sorted().toArray();
  }

  /**
   * Puts another demand in the place of one: of the same deployment, with as many slots and the
   * same preference, so that slots and rankings stay as they are.
   */
  void replace(int d, Demand demand) {
    if (demand.lacking() != lacking[d] || demand.preference() != demand(d).preference()) {
      throw new IllegalArgumentException("another number of slots, or another preference");
    }
    live[d] = null;
    wishes[d] = wishes(demand);
    tiers[d] = wishes[d].tiers;
    readLimits(d, demand);
    classOf[d] = classes; // a class and a kind of its own, whomever it was like before
    kindOf[d] = kinds;
  }

  /** Whether what is known of its kind may be of another demand in its place. */
  boolean isReplaced(int demand) {
    return kindOf[demand] == kinds;
  }

  private void readLimits(int d, Demand demand) {
    Objective objective = question.objective();
    lacking[d] = demand.lacking();
    required[d] = demand.required();
    value[d] = objective.value(demand, question.market().referencePrice());
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
                  entry -> IntStream.of(fleet.operators.find(entry.getKey()), entry.getValue()))
              .toArray();
    }
  }
}
