package io.phalanx.loadtests.fairness;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run showed.
 *
 * @param hours one after the other
 * @param waits of every deployment
 * @param events in the journal
 * @param rounds of the placement model
 * @param gatherings begun
 * @param late rounds that the clock ended, so that another run may differ
 * @param violations of invariants, as the audit tells them
 */
public record Outcome(
    List<Hour> hours,
    List<Wait> waits,
    long events,
    long rounds,
    long gatherings,
    long late,
    List<String> violations) {
  static final int PROMISED_HOURS = 20;

  /**
   * How long a deployment waited.
   *
   * @param kind width and tiers that it accepts
   * @param seconds from its creation until it was placed in full, or until the run ended
   * @param placeableHours of them in which suitable miners had no work, enough for it, that were
   *     not held for a deployment of a higher value
   * @param placed whether it was
   */
  public record Wait(String kind, long seconds, int placeableHours, boolean placed) {}

  /** Deployments that waited longer than is promised while they could have been placed. */
  public List<Wait> starved() {
    return waits.stream().filter(wait -> wait.placeableHours() > PROMISED_HOURS).toList();
  }

  /** Waits by kind, each from the shortest to the longest. */
  Map<String, List<Wait>> byKind() {
    Map<String, List<Wait>> kinds = new TreeMap<>();
    for (Wait wait : waits) {
      kinds.computeIfAbsent(wait.kind(), kind -> new java.util.ArrayList<>()).add(wait);
    }
    kinds.values().forEach(own -> own.sort(Comparator.comparingLong(Wait::seconds)));
    return kinds;
  }
}
