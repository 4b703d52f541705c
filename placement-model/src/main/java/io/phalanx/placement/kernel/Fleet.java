package io.phalanx.placement.kernel;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Fit;
import io.phalanx.placement.Objective;
import io.phalanx.placement.Preference;
import io.phalanx.placement.Weights;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The idle miners of one round as arrays, with a ranking for each preference that is asked for. */
final class Fleet {
  /** Next to the golden ratio times 2^32: such steps spread neighbours far apart. */
  private static final long STRIDE = 2_654_435_769L;

  final int size;
  final int[] tier;
  final int[] performance;
  final int[] operator;
  final int[] region;

  /** By miner who alone may have it, or {@link Columns#NOBODY}. */
  final int[] holder;

  final long[] ask;
  final Names operators;
  final Names regions;

  /** Deployments for which miners are held, or were not long ago. */
  final Names holders;

  private final FleetIndex index;
  private final Columns columns;
  private final Hour hour;
  private final int[] order;
  private final int[] rest;
  private final int[] dispersion;
  private final Map<Preference, Ranking> rankings = new EnumMap<>(Preference.class);
  private int @Nullable [][] ofOperator;

  /** When, and by what, miners are scored. */
  record Hour(long atMs, Fit fit, Objective objective) {}

  /** How operators, regions, and deployments that hold miners are numbered. */
  record Numbering(Names operators, Names regions, Names holders) {}

  Fleet(FleetIndex index, Columns columns, Numbering names, Hour hour, long seed) {
    this.index = index;
    this.columns = columns;
    this.hour = hour;
    operators = names.operators();
    regions = names.regions();
    holders = names.holders();
    size = columns.size();
    tier = columns.ints[Columns.TIER];
    performance = columns.ints[Columns.PERFORMANCE];
    operator = columns.ints[Columns.OPERATOR];
    region = columns.ints[Columns.REGION];
    holder = columns.ints[Columns.HOLDER];
    ask = columns.ask;
    order = shuffled(size, seed);
    rest = new int[size];
    for (int i = 0; i < size; i++) {
      rest[i] = hour.fit().rest(Columns.idleSeconds(columns.idleSinceMs[i], hour.atMs()));
    }
    dispersion = new int[operators.size()];
    for (int o = 0; o < dispersion.length; o++) {
      dispersion[o] = hour.fit().dispersion(operators.name(o));
    }
  }

  /** The miner as a record, idle for as long as it is by now. */
  Candidate candidate(int miner) {
    return columns.at(miner, hour.atMs());
  }

  Ranking ranking(Preference preference) {
    return rankings.computeIfAbsent(preference, this::rank);
  }

  /** By number of a holder, whether a miner of this fleet is held for it. */
  boolean[] holding() {
    boolean[] holding = new boolean[holders.size()];
    if (holding.length > 0) {
      for (int held : holder) {
        if (held != Columns.NOBODY) {
          holding[held] = true;
        }
      }
    }
    return holding;
  }

  /** The miner's number, or −1 when it is not in the fleet. */
  int find(String minerId) {
    return Math.max(-1, index.position(minerId));
  }

  /** The miners of {@code operator}. */
  int[] ofOperator(int wanted) {
    if (ofOperator == null) {
      ofOperator = byOperator();
    }
    return ofOperator[wanted];
  }

  private Ranking rank(Preference preference) {
    Weights weights = hour.objective().weights(preference);
    int[] economy = columns.ints[Columns.ECONOMY];
    int[] speed = columns.ints[Columns.SPEED];
    int[] security = columns.ints[Columns.SECURITY];
    int[] frugality = columns.ints[Columns.FRUGALITY];
    int[] fits = new int[size];
    for (int i = 0; i < size; i++) {
      fits[i] =
          weights.economy() * economy[i]
              + weights.speed() * speed[i]
              + weights.security() * security[i]
              + weights.frugality() * frugality[i]
              + weights.rest() * rest[i]
              + weights.dispersion() * dispersion[operator[i]];
    }
    return new Ranking(fits, tier, order);
  }

  private int[][] byOperator() {
    int[] count = new int[operators.size()];
    for (int o : operator) {
      count[o]++;
    }
    int[][] miners = new int[count.length][];
    for (int o = 0; o < count.length; o++) {
      miners[o] = new int[count[o]];
    }
    for (int i = size - 1; i >= 0; i--) {
      miners[operator[i]][--count[operator[i]]] = i;
    }
    return miners;
  }

  /** All numbers below {@code size}, by steps of one length from a start that the seed sets. */
  private static int[] shuffled(int size, long seed) {
    int[] order = new int[size];
    if (size == 0) {
      return order;
    }
    int step = (int) (STRIDE % size);
    while (gcd(step, size) != 1) {
      step++;
    }
    long at = Math.floorMod(seed * STRIDE, (long) size);
    for (int i = 0; i < size; i++) {
      order[i] = (int) at;
      at += step;
      at -= at >= size ? size : 0;
    }
    return order;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
