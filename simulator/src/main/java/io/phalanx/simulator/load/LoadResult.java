package io.phalanx.simulator.load;

import io.phalanx.simulator.stats.LatencySummary;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What came of a load, after its warm-up.
 *
 * @param micros latencies in microseconds; of a fixed rate from the instant a request was due
 * @param statuses answers by status
 * @param due requests that were to be sent
 * @param connectionErrors requests whose connection broke
 * @param unanswered requests without an answer when the generator gave up waiting
 * @param seconds in which answers were counted
 */
public record LoadResult(
    Histogram micros,
    SortedMap<Integer, Long> statuses,
    long due,
    long connectionErrors,
    long unanswered,
    double seconds) {

  public LoadResult {
    statuses = new TreeMap<>(statuses);
  }

  /** Answers of 200..299. */
  public long accepted() {
    return statuses.entrySet().stream()
        .filter(one -> one.getKey() / 100 == 2)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  public double acceptedPerSecond() {
    return accepted() / seconds;
  }

  public LatencySummary latencyMs() {
    return LatencySummary.of(micros);
  }
}
