package io.phalanx.loadtests.accept;

import io.phalanx.loadtests.process.ThreadTimes;
import io.phalanx.simulator.load.LoadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** All windows of one of the two that are compared. */
final class Side {
  private final String path;
  private final List<Double> perSecond = new ArrayList<>();
  private final Histogram micros = new Histogram(3_600_000_000L, 3);
  private final TreeMap<Integer, Long> statuses = new TreeMap<>();
  private long answers;
  private long broken;
  private Duration cpu = Duration.ZERO;
  private ThreadTimes threads = new ThreadTimes(Map.of());

  Side(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /**
   * Adds a window.
   *
   * @param used what the server used of the processors in it
   * @param byThread the same by thread
   */
  void add(LoadResult window, Duration used, ThreadTimes byThread) {
    threads = threads.plus(byThread);
    perSecond.add(window.acceptedPerSecond());
    micros.add(window.micros());
    window.statuses().forEach((status, count) -> statuses.merge(status, count, Long::sum));
    answers += window.statuses().values().stream().mapToLong(Long::longValue).sum();
    broken += window.connectionErrors() + window.unanswered();
    cpu = cpu.plus(used);
  }

  /** Answers of 2xx a second: the middle window's. */
  double median() {
    List<Double> sorted = perSecond.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** What the server used of the processors for one answer, in microseconds. */
  double cpuMicros() {
    return answers == 0 ? 0 : cpu.toNanos() / 1e3 / answers;
  }

  /** The same by thread. */
  String threadMicros() {
    return threads.perAnswer(answers);
  }

  double quantileMs(double percent) {
    return micros.getValueAtPercentile(percent) / 1e3;
  }

  Map<Integer, Long> statuses() {
    return statuses;
  }

  /** Requests whose connection broke, or that were never answered. */
  long broken() {
    return broken;
  }
}
