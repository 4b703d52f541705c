package io.phalanx.scheduler.reward;

/**
 * How fast a machine works compared with what it was benchmarked at.
 *
 * @param ratio P now / P at the start
 * @param benchmark P at the start
 */
public record Pace(Fixed ratio, Fixed benchmark) {

  /** A machine that keeps its score: what one counts as while a contract pauses its benchmark. */
  public static Pace steady(int performance) {
    return new Pace(Fixed.ONE, Fixed.of(performance));
  }

  /** A machine whose score has moved; without a benchmark it counts as steady. */
  public static Pace of(Fixed now, Fixed benchmark) {
    boolean isUnknown = benchmark.equals(Fixed.ZERO);
    return new Pace(isUnknown ? Fixed.ONE : now.dividedBy(benchmark), benchmark);
  }
}
