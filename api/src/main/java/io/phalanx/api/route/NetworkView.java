package io.phalanx.api.route;

import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.GasPrice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The network at a glance, for everybody.
 *
 * @param miners how many are in each state
 * @param tiers the market by confidence level, of miners that are not Stopped
 * @param queue what waits
 * @param decentralisation how spread the running work is
 */
record NetworkView(
    Map<String, Integer> miners,
    List<TierView> tiers,
    Queue queue,
    Decentralisation decentralisation) {

  /**
   * One confidence level.
   *
   * @param tier 1 to 5
   * @param miners how many take part
   * @param idle how many of them are Idle
   * @param gasPrice their asks; null without any
   * @param medianPerformance their score; null without any
   */
  record TierView(
      int tier,
      int miners,
      int idle,
      @Nullable Prices gasPrice,
      @Nullable Integer medianPerformance) {}

  /**
   * Asks of some miners.
   *
   * @param min the lowest
   * @param median half ask no more
   * @param p90 nine of ten ask no more
   */
  record Prices(GasPrice min, GasPrice median, GasPrice p90) {}

  /**
   * What waits.
   *
   * @param deployments that lack a miner
   * @param replicas that they lack
   */
  record Queue(int deployments, int replicas) {}

  /**
   * How spread running work is over operators.
   *
   * @param nakamoto the fewest operators that together run more than half; 0 when nothing runs
   * @param gini 0 when all that run anything run the same; null when nothing runs
   * @param activeReplicasByOperator how many each runs
   */
  record Decentralisation(
      int nakamoto, @Nullable Double gini, Map<String, Integer> activeReplicasByOperator) {

    static Decentralisation of(Map<String, Integer> byOperator) {
      List<Integer> counts = new ArrayList<>(byOperator.values());
      Collections.sort(counts);
      long total = counts.stream().mapToLong(Integer::longValue).sum();
      if (total == 0) {
        return new Decentralisation(0, null, byOperator);
      }
      int nakamoto = 0;
      long together = 0;
      for (int i = counts.size() - 1; 2 * together <= total; i--) {
        together += counts.get(i);
        nakamoto++;
      }
      double weighted = 0;
      for (int i = 0; i < counts.size(); i++) {
        weighted += (2.0 * (i + 1) - counts.size() - 1) * counts.get(i);
      }
      return new Decentralisation(
          nakamoto, weighted / (counts.size() * (double) total), byOperator);
    }
  }

  static NetworkView of(State state) {
    Map<String, Integer> byState = new TreeMap<>();
    for (MinerState each : MinerState.values()) {
      byState.put(Wire.name(each), 0);
    }
    Map<Integer, List<Miner>> byTier = new TreeMap<>();
    Map<String, Integer> active = new TreeMap<>();
    for (Miner miner : state.miners().all()) {
      byState.merge(Wire.name(miner.state()), 1, Integer::sum);
      if (miner.state() != MinerState.STOPPED) {
        byTier.computeIfAbsent(miner.evidence().tier(), tier -> new ArrayList<>()).add(miner);
      }
      if (miner.state() == MinerState.ACTIVE) {
        active.merge(miner.operator(), 1, Integer::sum);
      }
    }
    List<TierView> tiers = new ArrayList<>();
    for (int tier = 1; tier <= 5; tier++) {
      tiers.add(tier(tier, byTier.getOrDefault(tier, List.of())));
    }
    int lacking =
        state.deployments().lacking().values().stream()
            .mapToInt(id -> state.deployments().known(id).lacking())
            .sum();
    Queue queue = new Queue(state.deployments().lacking().size(), lacking);
    return new NetworkView(byState, tiers, queue, Decentralisation.of(active));
  }

  private static TierView tier(int tier, List<Miner> miners) {
    if (miners.isEmpty()) {
      return new TierView(tier, 0, 0, null, null);
    }
    List<GasPrice> asks = miners.stream().map(Miner::gasPrice).sorted().toList();
    List<Integer> scores = miners.stream().map(Miner::performance).sorted().toList();
    int idle = (int) miners.stream().filter(m -> m.state() == MinerState.IDLE).count();
    return new TierView(
        tier,
        miners.size(),
        idle,
        new Prices(asks.get(0), asks.get(rank(asks.size(), 50)), asks.get(rank(asks.size(), 90))),
        scores.get(rank(scores.size(), 50)));
  }

  /** Index of the nearest rank: the smallest value that so many percent do not exceed. */
  private static int rank(int size, int percent) {
    return Math.max(0, (size * percent + 99) / 100 - 1);
  }
}
