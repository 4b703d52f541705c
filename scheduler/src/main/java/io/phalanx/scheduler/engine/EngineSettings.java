package io.phalanx.scheduler.engine;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How an engine runs.
 *
 * @param node the node's name
 * @param clock the wall clock
 * @param meter where figures go
 * @param snapshotEvery events from one snapshot to the next
 * @param batchingWindow the longest wait for more to arrive before a round
 * @param roundTimeLimit how long a round may be planned
 * @param seed what breaks the planner's ties
 */
public record EngineSettings(
    String node,
    InstantSource clock,
    EngineMeter meter,
    long snapshotEvery,
    Duration batchingWindow,
    Duration roundTimeLimit,
    long seed) {

  /** Refuses figures that cannot be meant. */
  public EngineSettings {
    if (snapshotEvery < 1 || batchingWindow.isNegative() || roundTimeLimit.isNegative()) {
      throw new IllegalArgumentException("engine settings");
    }
  }
}
