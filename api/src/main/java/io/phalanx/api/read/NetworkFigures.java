package io.phalanx.api.read;

import io.phalanx.api.read.NetworkView.Asks;
import io.phalanx.api.read.NetworkView.Decentralisation;
import io.phalanx.api.read.NetworkView.Reserved;
import io.phalanx.api.read.NetworkView.TierOffer;
import io.phalanx.placement.TierSet;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.unit.GasPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** From miners to figures. */
final class NetworkFigures {

  private static final int GINI_DIGITS = 4;
  private static final int HALF = 50;
  private static final int NINE_TENTHS = 90;

  private NetworkFigures() {}

  static NetworkView of(List<Miner> miners, int queue, Reserved quotes) {
    SortedMap<MinerState, Integer> states = new TreeMap<>();
    for (MinerState state : MinerState.values()) {
      states.put(state, 0);
    }
    miners.forEach(miner -> states.merge(miner.state(), 1, Integer::sum));
    Map<Integer, List<Miner>> byTier =
        miners.stream()
            .filter(miner -> miner.state().takesPart() && miner.evidence().lapse() == null)
            .collect(Collectors.groupingBy(miner -> miner.evidence().tier()));
    List<TierOffer> tiers =
        IntStream.rangeClosed(TierSet.BEST, TierSet.WORST)
            .mapToObj(tier -> offer(tier, byTier.getOrDefault(tier, List.of())))
            .toList();
    return new NetworkView(states, tiers, queue, quotes, decentralisation(miners));
  }

  private static TierOffer offer(int tier, List<Miner> miners) {
    if (miners.isEmpty()) {
      return new TierOffer(tier, 0, 0, null, null);
    }
    int idle = (int) miners.stream().filter(miner -> miner.state() == MinerState.IDLE).count();
    // no ask is above what clamping leaves alone
    long[] asks = miners.stream().mapToLong(miner -> miner.gasPrice().clamped()).sorted().toArray();
    long[] scores = miners.stream().mapToLong(Miner::performance).sorted().toArray();
    return new TierOffer(
        tier,
        miners.size(),
        idle,
        new Asks(
            GasPrice.of(asks[0]),
            GasPrice.of(percentile(asks, HALF)),
            GasPrice.of(percentile(asks, NINE_TENTHS))),
        Math.toIntExact(percentile(scores, HALF)));
  }

  /** By nearest rank, of sorted figures of which there is at least one. */
  static long percentile(long[] sorted, int percent) {
    int rank = (sorted.length * percent + 99) / 100;
    return sorted[Math.max(1, rank) - 1];
  }

  private static Decentralisation decentralisation(List<Miner> miners) {
    SortedMap<String, Integer> active = new TreeMap<>();
    Set<String> operators = new HashSet<>();
    for (Miner miner : miners) {
      if (miner.state() != MinerState.STOPPED) {
        operators.add(miner.operator());
      }
      if (miner.state() == MinerState.ACTIVE) {
        active.merge(miner.operator(), 1, Integer::sum);
      }
    }
    return new Decentralisation(
        nakamoto(active.values()), gini(active.values(), operators.size()), active);
  }

  /** How many of the largest together have more than half. */
  static int nakamoto(Collection<Integer> shares) {
    long all = shares.stream().mapToLong(Integer::longValue).sum();
    long together = 0;
    int operators = 0;
    for (int share : shares.stream().sorted(Comparator.reverseOrder()).toList()) {
      if (2 * together > all) {
        break;
      }
      together += share;
      operators++;
    }
    return operators;
  }

  /**
   * G = (2 Σ i·x(i) − (n + 1) Σ x(i)) / (n Σ x(i)) over shares x(1) ≤ … ≤ x(n); 0 while all are 0.
   *
   * @param shares those that are not 0
   * @param count how many there are with those that are
   */
  static BigDecimal gini(Collection<Integer> shares, int count) {
    long all = 0;
    long weighted = 0;
    int rank = count - shares.size();
    for (int share : shares.stream().sorted().toList()) {
      rank++;
      all += share;
      weighted += (long) rank * share;
    }
    if (all == 0) {
      return BigDecimal.ZERO;
    }
    return BigDecimal.valueOf(2 * weighted - (count + 1L) * all)
        .divide(BigDecimal.valueOf(count * all), GINI_DIGITS, RoundingMode.HALF_UP);
  }
}
