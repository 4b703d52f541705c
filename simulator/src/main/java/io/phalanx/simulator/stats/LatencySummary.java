package io.phalanx.simulator.stats;

import org.HdrHistogram.Histogram;

/** Quantiles of a latency in milliseconds. */
public record LatencySummary(long count, double p50, double p90, double p99, double max) {

  /** Of a histogram in microseconds. */
  public static LatencySummary of(Histogram micros) {
    return new LatencySummary(
        micros.getTotalCount(),
        micros.getValueAtPercentile(50) / 1_000.0,
        micros.getValueAtPercentile(90) / 1_000.0,
        micros.getValueAtPercentile(99) / 1_000.0,
        micros.getMaxValue() / 1_000.0);
  }
}
