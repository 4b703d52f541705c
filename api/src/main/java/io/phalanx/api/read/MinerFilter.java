package io.phalanx.api.read;

import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.MinerState;
import java.util.Set;

/**
 * Which miners are wanted. An empty set lets everything pass; all four must let it pass.
 *
 * @param states any of these states
 * @param tiers any of these tiers
 * @param operators owned by any of these
 * @param regions in any of these
 */
public record MinerFilter(
    Set<MinerState> states, Set<Integer> tiers, Set<String> operators, Set<String> regions) {

  /** All miners. */
  public static final MinerFilter ALL = new MinerFilter(Set.of(), Set.of(), Set.of(), Set.of());

  /** Copies the sets. */
  public MinerFilter {
    states = Set.copyOf(states);
    tiers = Set.copyOf(tiers);
    operators = Set.copyOf(operators);
    regions = Set.copyOf(regions);
  }

  boolean accepts(Miner miner) {
    return passes(states, miner.state())
        && passes(tiers, miner.evidence().tier())
        && passes(operators, miner.operator())
        && passes(regions, miner.region());
  }

  private static <T> boolean passes(Set<T> wanted, T value) {
    return wanted.isEmpty() || wanted.contains(value);
  }
}
