package io.phalanx.placement.explain;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.TierSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The ways in which a demand can ask less, and nothing that would make no difference. */
final class Ladders {
  private static final int MOST_SINGLES = 5;
  private static final int MOST_NAMES = 32;

  private final Demand demand;
  private final long mostAffordable;
  private final NavigableSet<Long> outbidding;

  /**
   * @param mostAffordable no bid above this counts, pico-PHA
   * @param outbidding bids that pass someone else in the queue
   */
  Ladders(Demand demand, long mostAffordable, NavigableSet<Long> outbidding) {
    this.demand = demand;
    this.mostAffordable = mostAffordable;
    this.outbidding = outbidding;
  }

  /**
   * The smallest ways for {@code field}: for a list each single name of the most common, for a
   * figure all in one ladder.
   *
   * @param pool the miners that this might win
   */
  List<Ladder> singles(Field field, List<Candidate> pool) {
    return switch (field) {
      case MIN_PERFORMANCE, MAX_GAS_PRICE, MAX_PER_OPERATOR, MIN_REPLICAS ->
          List.of(whole(field, pool));
      case TIERS, REGIONS, ALLOW_OPERATORS, DENY_OPERATORS ->
          names(field, pool).stream()
              .limit(MOST_SINGLES)
              .map(name -> new Ladder(List.of(with(field, Set.of(name)))))
              .toList();
    };
  }

  /** One ladder for {@code field}, which ends where it limits nothing any more. */
  Ladder whole(Field field, List<Candidate> pool) {
    return switch (field) {
      case MIN_PERFORMANCE -> performances(pool);
      case MAX_GAS_PRICE -> prices(pool);
      case MAX_PER_OPERATOR -> caps();
      case MIN_REPLICAS ->
          numbers(
              field,
              LongStream.iterate(demand.required() - 1L, n -> n - 1).limit(demand.required() - 1L));
      case TIERS, REGIONS, ALLOW_OPERATORS, DENY_OPERATORS -> growing(field, pool);
    };
  }

  /** {@code change} with one name less than it adds, or takes away: every way to do that. */
  List<Change> smaller(Change change) {
    Set<String> added = added(change);
    List<Change> smaller = new ArrayList<>();
    if (added.size() > 1) {
      for (String name : new TreeSet<>(added)) {
        Set<String> fewer = new TreeSet<>(added);
        fewer.remove(name);
        smaller.add(with(change.field(), fewer));
      }
    }
    return smaller;
  }

  private Ladder performances(List<Candidate> pool) {
    return numbers(
        Field.MIN_PERFORMANCE,
        pool.stream()
            .map(Candidate::performance)
            .filter(p -> p < demand.minPerformance())
            .distinct()
            .sorted(Comparator.reverseOrder())
            .mapToLong(Integer::longValue));
  }

  private Ladder prices(List<Candidate> pool) {
    TreeSet<Long> prices = new TreeSet<>(outbidding);
    pool.forEach(miner -> prices.add(miner.ask()));
    return numbers(
        Field.MAX_GAS_PRICE,
        prices.stream()
            .filter(price -> price > demand.maxGasPrice() && price <= mostAffordable)
            .mapToLong(Long::longValue));
  }

  private Ladder caps() {
    if (demand.maxPerOperator() == 0) {
      return new Ladder(List.of());
    }
    int live = demand.liveByOperator().values().stream().mapToInt(Integer::intValue).sum();
    long first = demand.maxPerOperator() + 1L;
    long last = (long) live + demand.lacking();
    return numbers(
        Field.MAX_PER_OPERATOR,
        LongStream.concat(
            LongStream.rangeClosed(first, last),
            first <= last ? LongStream.of(0) : LongStream.empty()));
  }

  private Ladder growing(Field field, List<Candidate> pool) {
    List<String> names = names(field, pool);
    List<Change> steps = new ArrayList<>();
    Set<String> taken = new TreeSet<>();
    for (String name : names.subList(0, Math.min(MOST_NAMES, names.size()))) {
      taken.add(name);
      steps.add(with(field, taken));
    }
    if (names.size() > 1 && field != Field.TIERS) {
      steps.add(Change.names(field, Set.of())); // limits nothing
    }
    return new Ladder(steps);
  }

  /** What could be added, or taken away, the most common among {@code pool} first. */
  private List<String> names(Field field, List<Candidate> pool) {
    return switch (field) {
      case TIERS ->
          common(
              pool,
              miner -> Integer.toString(miner.tier()),
              name -> !demand.tiers().contains(Integer.parseInt(name)));
      case REGIONS -> common(pool, Candidate::region, name -> isNew(name, demand.regions()));
      case ALLOW_OPERATORS ->
          common(pool, Candidate::operator, name -> isNew(name, demand.allowOperators()));
      case DENY_OPERATORS -> common(pool, Candidate::operator, demand.denyOperators()::contains);
      case MIN_PERFORMANCE, MAX_GAS_PRICE, MAX_PER_OPERATOR, MIN_REPLICAS -> List.of();
    };
  }

  /** An empty list allows everyone already. */
  private static boolean isNew(String name, Set<String> allowed) {
    return !allowed.isEmpty() && !allowed.contains(name);
  }

  private static List<String> common(
      List<Candidate> pool, Function<Candidate, String> name, Predicate<String> counts) {
    Map<String, Integer> miners = new TreeMap<>();
    pool.forEach(miner -> miners.merge(name.apply(miner), 1, Integer::sum));
    return miners.entrySet().stream()
        .filter(entry -> counts.test(entry.getKey()))
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  private Change with(Field field, Set<String> names) {
    return switch (field) {
      case TIERS -> Change.number(field, demand.tiers().mask() | mask(names));
      case REGIONS -> Change.names(field, union(demand.regions(), names));
      case ALLOW_OPERATORS -> Change.names(field, union(demand.allowOperators(), names));
      case DENY_OPERATORS -> Change.names(field, without(demand.denyOperators(), names));
      case MIN_PERFORMANCE, MAX_GAS_PRICE, MAX_PER_OPERATOR, MIN_REPLICAS ->
          throw new IllegalArgumentException(field + " has no names");
    };
  }

  /** The names by which {@code change} asks less; none when it limits nothing any more. */
  private Set<String> added(Change change) {
    return switch (change.field()) {
      case TIERS -> tiers((int) change.number() & ~demand.tiers().mask());
      case REGIONS -> without(change.names(), demand.regions());
      case ALLOW_OPERATORS -> without(change.names(), demand.allowOperators());
      case DENY_OPERATORS -> without(demand.denyOperators(), change.names());
      case MIN_PERFORMANCE, MAX_GAS_PRICE, MAX_PER_OPERATOR, MIN_REPLICAS -> Set.of();
    };
  }

  private static Ladder numbers(Field field, LongStream numbers) {
    return new Ladder(numbers.mapToObj(n -> Change.number(field, n)).toList());
  }

  private static int mask(Set<String> tiers) {
    return tiers.stream().mapToInt(tier -> 1 << Integer.parseInt(tier)).reduce(0, (a, b) -> a | b);
  }

  private static Set<String> tiers(int mask) {
    Set<String> tiers = new TreeSet<>();
    IntStream.rangeClosed(TierSet.BEST, TierSet.WORST)
        .filter(tier -> (mask >> tier & 1) != 0)
        .forEach(tier -> tiers.add(Integer.toString(tier)));
    return tiers;
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> all = new TreeSet<>(one);
    all.addAll(other);
    return all;
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> left = new TreeSet<>(all);
    left.removeAll(some);
    return left;
  }
}
