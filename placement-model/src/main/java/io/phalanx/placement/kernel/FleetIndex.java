package io.phalanx.placement.kernel;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Fit;
import io.phalanx.placement.Market;
import io.phalanx.placement.Objective;
import io.phalanx.placement.Term;
import io.phalanx.placement.TierSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The miners that can be placed on, kept from round to round: who comes and goes is put in and
 * taken out one by one, and the next round pays for what has changed. A round on a kept index is to
 * the bit the round on a fresh one with the same miners. Not safe for several threads.
 */
public final class FleetIndex {
  private static final long MS_PER_SECOND = 1000;

  /** Far more than what counts as rest, and far from what overflows in milliseconds. */
  private static final long LONGEST_IDLE_SECONDS = 1L << 40;

  /**
   * Names of operators, regions and holders that are gone are forgotten when they are so many times
   * the fleet.
   */
  private static final int STALE_NAMES = 4;

  private final TreeMap<Long, @Nullable Arrival> arrivals = new TreeMap<>();

  /** The order of each miner; made when somebody asks by name. */
  private @Nullable Map<String, Long> orderOf;

  /** Who is there from the beginning, until the first round or the first change. */
  private List<Candidate> beginning = List.of();

  private Fleet.Numbering names = noNames();
  private Columns columns = Columns.none();
  private @Nullable Objective objective;
  private long referencePrice;

  private record Arrival(Candidate miner, long idleSinceMs) {}

  /** An index of {@code candidates} in their order; for a fleet at the time 0. */
  public static FleetIndex of(List<Candidate> candidates) {
    FleetIndex index = new FleetIndex();
    index.beginning = List.copyOf(candidates);
    return index;
  }

  private static Arrival fromBeginning(Candidate miner) {
    long idleSeconds = Math.min(miner.idleSeconds(), LONGEST_IDLE_SECONDS);
    return new Arrival(miner, -idleSeconds * MS_PER_SECOND);
  }

  /** From now on who is there from the beginning is as anybody else who has come. */
  private void begin() {
    orders();
    for (int i = 0; i < beginning.size(); i++) {
      arrivals.put((long) i, fromBeginning(beginning.get(i)));
    }
    beginning = List.of();
  }

  private Map<String, Long> orders() {
    Map<String, Long> known = orderOf;
    if (known == null) {
      known = new HashMap<>();
      for (int i = 0; i < beginning.size(); i++) {
        known.put(beginning.get(i).minerId(), (long) i);
      }
      for (int i = 0; i < columns.size(); i++) {
        known.put(columns.miner[i].minerId(), columns.order[i]);
      }
      orderOf = known;
    }
    return known;
  }

  /**
   * Puts a miner in, or replaces it.
   *
   * @param order its place among all; decides ties together with the seed
   * @param idleSinceMs since when it has been Idle; counts instead of the record's idle seconds
   */
  public void put(long order, Candidate miner, long idleSinceMs) {
    begin();
    orders().put(miner.minerId(), order);
    arrivals.put(order, new Arrival(miner, idleSinceMs));
  }

  /** Takes a miner out; nothing happens when it is not there. */
  public void remove(String minerId) {
    Long order = orders().remove(minerId);
    if (order != null) {
      begin();
      arrivals.put(order, null);
    }
  }

  /** How many miners it has. */
  public int size() {
    return orderOf == null ? beginning.size() + columns.size() : orderOf.size();
  }

  /** Whether it has the miner of that name. */
  public boolean has(String minerId) {
    return orders().containsKey(minerId);
  }

  /** The miner of that name as it was put in, or null; of those that the last round had. */
  public @Nullable Candidate find(String minerId) {
    int at = position(minerId);
    return at < 0 ? null : columns.miner[at];
  }

  /** Where the last round has it, or a negative number. */
  int position(String minerId) {
    Long order = orders().get(minerId);
    return order == null ? -1 : columns.find(order);
  }

  /** The miners as they are at that time, by rising order. */
  public List<Candidate> candidates(long atMs) {
    begin();
    TreeMap<Long, Candidate> byOrder = new TreeMap<>();
    for (int i = 0; i < columns.size(); i++) {
      byOrder.put(columns.order[i], columns.at(i, atMs));
    }
    arrivals.forEach(
        (order, arrival) -> {
          if (arrival == null) {
            byOrder.remove(order);
          } else {
            byOrder.put(order, Columns.at(arrival.miner(), arrival.idleSinceMs(), atMs));
          }
        });
    return List.copyOf(byOrder.values());
  }

  /** The fleet as it is at that time; it stays as it is, whatever happens to the index. */
  Fleet fleet(long atMs, Market market, Objective newObjective, long seed) {
    Fit fit = new Fit(newObjective, market);
    boolean scoresAnew =
        !newObjective.equals(objective) || market.referencePrice() != referencePrice;
    int known = names.operators().size() + names.regions().size() + names.holders().size();
    boolean namesAnew = known > STALE_NAMES * (size() + 1);
    if (scoresAnew || namesAnew) {
      arriveAgain();
    }
    if (namesAnew) {
      names = noNames();
    }
    objective = newObjective;
    referencePrice = market.referencePrice();
    merge(fit);
    return new Fleet(this, columns, names, new Fleet.Hour(atMs, fit, newObjective), seed);
  }

  private static Fleet.Numbering noNames() {
    return new Fleet.Numbering(new Names(), new Names(), new Names());
  }

  private void arriveAgain() {
    for (int i = 0; i < columns.size(); i++) {
      if (!arrivals.containsKey(columns.order[i])) { // null there = it leaves
        arrivals.put(columns.order[i], new Arrival(columns.miner[i], columns.idleSinceMs[i]));
      }
    }
  }

  private void merge(Fit fit) {
    if (!beginning.isEmpty()) {
      List<Candidate> all = beginning; // nobody has come or gone since
      columns = Columns.of(all.size(), i -> entry(fromBeginning(all.get(i)), fit));
      beginning = List.of();
    }
    if (arrivals.isEmpty()) {
      return;
    }
    TreeMap<Long, Columns.@Nullable Entry> changes = new TreeMap<>();
    arrivals.forEach(
        (order, arrival) -> changes.put(order, arrival == null ? null : entry(arrival, fit)));
    columns = columns.merged(changes);
    arrivals.clear();
  }

  private Columns.Entry entry(Arrival arrival, Fit fit) {
    Candidate miner = arrival.miner();
    String holder = miner.reservedFor();
    return new Columns.Entry(
        miner,
        arrival.idleSinceMs(),
        new int[] {
          miner.tier(),
          miner.performance(),
          names.operators().idOf(miner.operator()),
          names.regions().idOf(miner.region()),
          fit.term(Term.ECONOMY, TierSet.WORST, miner),
          fit.term(Term.SPEED, TierSet.WORST, miner),
          fit.term(Term.SECURITY, TierSet.WORST, miner),
          fit.term(Term.FRUGALITY, TierSet.WORST, miner),
          holder == null ? Columns.NOBODY : names.holders().idOf(holder)
        });
  }
}
