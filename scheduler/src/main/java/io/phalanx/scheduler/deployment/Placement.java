package io.phalanx.scheduler.deployment;

import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.unit.GasPrice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One slot on one miner, on the terms of the moment it was committed.
 *
 * @param replica the slot, from 0
 * @param minerId the miner
 * @param tier the miner's tier then
 * @param performance the miner's score P then; it stands while the contract runs
 * @param operator the miner's operator
 * @param region the miner's region then
 * @param gasPrice the price agreed: at least the ask, never above the bid
 * @param points what each term added to its fit when it was chosen, in the order of {@link
 *     io.phalanx.placement.Term}; a journal from before they were kept has none
 */
public record Placement(
    int replica,
    MinerId minerId,
    int tier,
    int performance,
    String operator,
    String region,
    GasPrice gasPrice,
    @Nullable List<Long> points) {

  /** Copies the list. */
  public Placement {
    points = points == null ? null : List.copyOf(points);
  }
}
