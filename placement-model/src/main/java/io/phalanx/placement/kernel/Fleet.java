package io.phalanx.placement.kernel;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Fit;
import io.phalanx.placement.Objective;
import io.phalanx.placement.Preference;
import io.phalanx.placement.Term;
import io.phalanx.placement.TierSet;
import io.phalanx.placement.Weights;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The idle miners as arrays, with a ranking for each preference that is asked for. */
final class Fleet {
  final int size;
  final int[] tier;
  final int[] performance;
  final int[] operator;
  final int[] region;
  final long[] ask;
  final Names operators = new Names();
  final Names regions = new Names();

  /** Miners by operator. */
  final int[][] ofOperator;

  private final List<Candidate> candidates;
  private final Fit fit;
  private final Objective objective;
  private final int[] order;
  private final Map<Term, int[]> terms = new EnumMap<>(Term.class);
  private final Map<Preference, Ranking> rankings = new EnumMap<>(Preference.class);
  private @Nullable Map<String, Integer> minerIds;

  Fleet(List<Candidate> candidates, Fit fit, Objective objective, long seed) {
    this.candidates = candidates;
    this.fit = fit;
    this.objective = objective;
    size = candidates.size();
    tier = new int[size];
    performance = new int[size];
    operator = new int[size];
    region = new int[size];
    ask = new long[size];
    for (int i = 0; i < size; i++) {
      Candidate miner = candidates.get(i);
      tier[i] = miner.tier();
      performance[i] = miner.performance();
      operator[i] = operators.idOf(miner.operator());
      region[i] = regions.idOf(miner.region());
      ask[i] = miner.ask();
    }
    ofOperator = byOperator();
    order = shuffled(size, seed);
  }

  Candidate candidate(int miner) {
    return candidates.get(miner);
  }

  Ranking ranking(Preference preference) {
    return rankings.computeIfAbsent(preference, this::rank);
  }

  /** The miner's number, or −1 when it is not in the fleet. */
  int find(String minerId) {
    if (minerIds == null) {
      minerIds = new HashMap<>();
      for (int i = 0; i < size; i++) {
        minerIds.put(candidates.get(i).minerId(), i);
      }
    }
    return minerIds.getOrDefault(minerId, -1);
  }

  private Ranking rank(Preference preference) {
    Weights weights = objective.weights(preference);
    int[] fits = new int[size];
    for (Term term : Term.values()) {
      int weight = weights.of(term);
      int[] points = terms.computeIfAbsent(term, this::points);
      for (int i = 0; weight > 0 && i < size; i++) {
        fits[i] += weight * points[i];
      }
    }
    return new Ranking(fits, tier, order);
  }

  private int[] points(Term term) {
    int[] points = new int[size];
    Arrays.setAll(points, i -> fit.term(term, TierSet.WORST, candidates.get(i)));
    return points;
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

  private static int[] shuffled(int size, long seed) {
    int[] order = new int[size];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
