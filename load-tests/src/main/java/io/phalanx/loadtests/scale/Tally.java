package io.phalanx.loadtests.scale;

import io.phalanx.simulator.load.LoadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** All windows of one kind of load on one cluster. */
final class Tally {
  private final List<Double> perSecond = new ArrayList<>();
  private final Histogram micros = new Histogram(3_600_000_000L, 3);
  private final SortedMap<Integer, Long> failed = new TreeMap<>();
  private Usage used;
  private double seconds;
  private long answers;

  Tally(int nodes) {
    this.used = new Usage(Collections.nCopies(nodes, Duration.ZERO), Duration.ZERO);
  }

  /**
   * Adds a window.
   *
   * @param results of each node that was asked
   * @param usage of all processes in it
   * @param length of the window, with what came late
   */
  void add(List<LoadResult> results, Usage usage, Duration length) {
    double sum = 0;
    for (LoadResult result : results) {
      sum += result.acceptedPerSecond();
      micros.add(result.micros());
      answers += result.accepted();
      result.statuses().forEach(this::note);
    }
    perSecond.add(sum);
    used = used.plus(usage);
    seconds += length.toNanos() / 1e9;
  }

  private void note(int status, long count) {
    if (status / 100 != 2) {
      failed.merge(status, count, Long::sum);
    }
  }

  /** Answers that were none of 2xx, by status. */
  SortedMap<Integer, Long> failed() {
    return failed;
  }

  long answers() {
    return answers;
  }

  /** What was used in a second, for a load that asks nothing. */
  Usage perSecond() {
    List<Duration> nodes = used.nodes().stream().map(this::perSecond).toList();
    return new Usage(nodes, perSecond(used.database()));
  }

  private Duration perSecond(Duration all) {
    return Duration.ofNanos((long) (all.toNanos() / seconds));
  }

  /**
   * What one answer cost.
   *
   * @param idle what is used in a second in which nothing is asked
   * @param leader index of the node that leads
   * @param asked indexes of the nodes that were asked
   */
  Cost cost(Usage idle, int leader, List<Integer> asked) {
    double ofLeader = 0;
    double ofAsked = 0;
    double ofOthers = 0;
    int others = 0;
    for (int i = 0; i < used.nodes().size(); i++) {
      double one = micros(used.nodes().get(i), idle.nodes().get(i));
      if (i == leader) {
        ofLeader = one;
      } else if (asked.contains(i)) {
        ofAsked += one;
      } else {
        ofOthers += one;
        others++;
      }
    }
    return new Cost(
        median(),
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        ofLeader,
        ofAsked,
        ofOthers / Math.max(1, others),
        micros(used.database(), idle.database()));
  }

  private double micros(Duration all, Duration idle) {
    double nanos = all.toNanos() - idle.toNanos() * seconds;
    return Math.max(0, nanos / 1e3 / Math.max(1, answers));
  }

  private double median() {
    List<Double> sorted = perSecond.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
