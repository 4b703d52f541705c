package io.phalanx.loadtests.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How far the lead had passed from one node to another when, by what the nodes log. */
final class LeadStages {
  /** In their order: of the node that gives the lead up, then of the one that takes it. */
  static final List<String> EVENTS =
      List.of("handing-over", "lease-released", "epoch-claimed", "leading");

  private static final Pattern LINE = Pattern.compile("time=(\\S+Z) .*\\bevent=(\\S+) .*");

  private LeadStages() {}

  /**
   * The first of each event.
   *
   * @param start nothing before it counts
   * @param logs lines of all nodes, in any order
   * @return time from the start, by event; without those that did not happen
   */
  static Map<String, Duration> since(Instant start, Stream<String> logs) {
    Map<String, Duration> stages = new HashMap<>();
    logs.map(LINE::matcher)
        .filter(Matcher::matches)
        .filter(line -> EVENTS.contains(line.group(2)))
        .forEach(
            line -> {
              Duration after = Duration.between(start, Instant.parse(line.group(1)));
              if (!after.isNegative()) {
                stages.merge(line.group(2), after, (a, b) -> a.compareTo(b) < 0 ? a : b);
              }
            });
    return stages;
  }
}
