package io.phalanx.api.read;

import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.unit.GasPrice;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole network in figures, for everybody.
 *
 * @param miners how many miners stand where, every state named
 * @param tiers what each tier offers, tier 1 first
 * @param queue how many deployments lack a miner
 * @param quotes what firm prices hold
 * @param decentralisation how the work is spread over operators
 */
public record NetworkView(
    SortedMap<MinerState, Integer> miners,
    List<TierOffer> tiers,
    int queue,
    Reserved quotes,
    Decentralisation decentralisation) {

  /**
   * What firm prices hold.
   *
   * @param open quotes that are not over
   * @param reservedMiners Idle miners that are held for them
   */
  public record Reserved(int open, int reservedMiners) {}

  /**
   * What the miners of a tier that take part (Idle and Active ones) offer.
   *
   * @param tier 1 (best) to 5
   * @param miners how many they are
   * @param idle how many of them are Idle
   * @param gasPrice their asks; none if there are no miners
   * @param medianPerformance their median score, the lower of the two in the middle; none likewise
   */
  public record TierOffer(
      int tier,
      int miners,
      int idle,
      @Nullable Asks gasPrice,
      @Nullable Integer medianPerformance) {}

  /**
   * Asks by nearest rank: the p-th percentile is the smallest ask that at least p % of the miners
   * do not exceed.
   *
   * @param min the lowest
   * @param median the 50th percentile
   * @param p90 the 90th percentile
   */
  public record Asks(GasPrice min, GasPrice median, GasPrice p90) {}

  /**
   * How the work is spread.
   *
   * @param nakamoto the fewest operators that together run more than half of all active replicas; 0
   *     while none runs
   * @param gini the Gini coefficient of active replicas over the operators that have a miner which
   *     is not Stopped, 0 (all alike) to 1, rounded to a ten-thousandth
   * @param activeReplicasByOperator replicas that a miner holds now, by operator; operators without
   *     one are left out
   */
  public record Decentralisation(
      int nakamoto, BigDecimal gini, SortedMap<String, Integer> activeReplicasByOperator) {}
}
