package io.phalanx.placement;

/**
 * A miner that could take a slot: Idle, responsive, with valid evidence, not cordoned.
 *
 * @param tier 1 (best) to 5
 * @param performance benchmark score P
 * @param ask pico-PHA for a unit of gas
 * @param idleSeconds how long it has been Idle
 */
public record Candidate(
    String minerId,
    int tier,
    int performance,
    String operator,
    String region,
    long ask,
    long idleSeconds) {
  public Candidate {
    if (tier < TierSet.BEST || tier > TierSet.WORST) {
      throw new IllegalArgumentException("no such tier: " + tier);
    }
    if (performance < 0 || ask < 0 || idleSeconds < 0) {
      throw new IllegalArgumentException("negative figure of miner " + minerId);
    }
  }
}
