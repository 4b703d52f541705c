package io.phalanx.placement;

import org.jspecify.annotations.Nullable;

/**
 * A miner that could take a slot: Idle, responsive, with valid evidence, not cordoned.
 *
 * @param tier 1 (best) to 5
 * @param performance benchmark score P
 * @param ask pico-PHA for a unit of gas
 * @param idleSeconds how long it has been Idle
 * @param reservedFor the one deployment that may have it, if it is held for one
 */
public record Candidate(
    String minerId,
    int tier,
    int performance,
    String operator,
    String region,
    long ask,
    long idleSeconds,
    @Nullable String reservedFor) {
  public Candidate {
    if (tier < TierSet.BEST || tier > TierSet.WORST) {
      throw new IllegalArgumentException("no such tier: " + tier);
    }
    if (performance < 0 || ask < 0 || idleSeconds < 0) {
      throw new IllegalArgumentException("negative figure of miner " + minerId);
    }
  }

  /** One that anybody may have. */
  @SuppressWarnings("checkstyle:ParameterNumber") // the record's own components but for one
  public Candidate(
      String minerId,
      int tier,
      int performance,
      String operator,
      String region,
      long ask,
      long idleSeconds) {
    this(minerId, tier, performance, operator, region, ask, idleSeconds, null);
  }

  /** The same, held for that deployment; null: for nobody. */
  public Candidate reservedFor(@Nullable String deploymentId) {
    return new Candidate(
        minerId, tier, performance, operator, region, ask, idleSeconds, deploymentId);
  }
}
