package io.phalanx.scheduler.simulation;

import java.util.Map;
import java.util.TreeMap;

/** How often what really happened, over all runs. */
final class Tally {

  private final Map<String, Long> counts = new TreeMap<>();

  void add(String what) {
    add(what, 1);
  }

  void add(String what, long times) {
    counts.merge(what, times, Long::sum);
  }

  long of(String what) {
    return counts.getOrDefault(what, 0L);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (what, times) -> text.append("  ").append(what).append(": ").append(times).append('\n'));
    return text.toString();
  }
}
