package io.phalanx.loadtests.waiting;

/**
 * How estimates compared to what came.
 *
 * @param asked estimates that were asked for when something began to wait
 * @param unknown of these, how many could not be said
 * @param withinP50 of those that were said, how many waited no longer than their p50
 * @param withinP90 likewise of the p90
 * @param meanWaitMs how long they waited
 */
public record Calibration(int asked, int unknown, int withinP50, int withinP90, long meanWaitMs) {

  /** How many could be said. */
  public int said() {
    return asked - unknown;
  }

  /** In percent of those that were said. */
  public double percentWithinP50() {
    return 100.0 * withinP50 / Math.max(1, said());
  }

  /** In percent of those that were said. */
  public double percentWithinP90() {
    return 100.0 * withinP90 / Math.max(1, said());
  }
}
