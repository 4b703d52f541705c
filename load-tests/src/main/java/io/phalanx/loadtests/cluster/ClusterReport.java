package io.phalanx.loadtests.cluster;

import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.simulator.ledger.LedgerVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of it.
 *
 * @param happened each fault with the time in which no write was taken
 * @param staleAppends appends of a replaced leader that the journal refused
 * @param leaders how many terms the journal shows
 * @param faults where journal and ledgers disagree
 * @param audit of the journal at the end
 * @param verdicts of the ledgers over HTTP at the end
 * @param unanswered calls that never got an answer
 * @param settlementFaults what was wrong with settlements at the payout endpoint
 */
public record ClusterReport(
    List<Happened> happened,
    int staleAppends,
    int leaders,
    List<String> faults,
    AuditReport audit,
    List<LedgerVerdict> verdicts,
    int unanswered,
    List<String> settlementFaults) {

  /**
   * A fault that happened.
   *
   * @param gap how long it kept all writes out; of the store's, since the store is back
   * @param stages how far the lead had passed on when, from the beginning of the fault
   */
  public record Happened(String fault, Duration gap, Map<String, Duration> stages) {
    public Happened {
      stages = Map.copyOf(stages);
    }
  }

  public ClusterReport {
    happened = List.copyOf(happened);
    faults = List.copyOf(faults);
    verdicts = List.copyOf(verdicts);
  }

  /** Whether nothing was lost or doubled and every invariant holds. */
  public boolean holds() {
    return faults.isEmpty()
        && audit.isClean()
        && settlementFaults.isEmpty()
        && verdicts.stream().allMatch(LedgerVerdict::holds);
  }

  /** The report for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    happened.stream().map(Happened::fault).distinct().forEach(fault -> text.append(line(fault)));
    text.append(
        String.format(
            Locale.ROOT,
            "%d terms, %d stale appends refused; %d events, %d violations; %d writes looked up; %d"
                + " calls unanswered",
            leaders,
            staleAppends,
            audit.events(),
            audit.violationCount(),
            verdicts.stream().mapToLong(LedgerVerdict::checked).sum(),
            unanswered));
    return text + lines("fault", faults) + lines("violation", audit.violations()) + lost();
  }

  private String line(String fault) {
    List<Happened> all = happened.stream().filter(h -> h.fault().equals(fault)).toList();
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s: %d times; median and longest ms: no write taken for %s",
                fault,
                all.size(),
                times(all.stream().map(Happened::gap))));
    for (String stage : LeadStages.EVENTS) {
      List<Duration> seen =
          all.stream().map(h -> h.stages().get(stage)).filter(Objects::nonNull).toList();
      if (!seen.isEmpty()) {
        line.append(", ").append(stage).append(" after ").append(times(seen.stream()));
      }
    }
    return line + System.lineSeparator();
  }

  /** The middle one and the longest, in milliseconds. */
  static String times(Stream<Duration> durations) {
    List<Duration> sorted = durations.sorted().toList();
    return sorted.get(sorted.size() / 2).toMillis()
        + "/"
        + sorted.get(sorted.size() - 1).toMillis();
  }

  private String lost() {
    return verdicts.stream()
        .map(
            v ->
                lines("lost", v.lost())
                    + lines("doubled", v.doubled())
                    + lines("unchecked", v.unchecked()))
        .collect(Collectors.joining());
  }

  private static String lines(String what, List<?> items) {
    return items.stream()
        .map(item -> System.lineSeparator() + what + ": " + item)
        .collect(Collectors.joining());
  }
}
