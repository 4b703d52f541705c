package io.phalanx.loadtests.fault;

import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.simulator.ledger.LedgerVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What came of full disks.
 *
 * @param back from each time there was room again to the next write that was taken
 * @param writes how the probe's writes were answered, by status
 * @param reads how its reads were, the disk full or not
 * @param faults where journal, ledger and answers disagree
 * @param audit of the journal at the end
 * @param verdict of the ledger over HTTP at the end
 * @param followed whether history and receipts came to the journal's end again
 */
public record DiskFullReport(
    List<Duration> back,
    SortedMap<Integer, Long> writes,
    SortedMap<Integer, Long> reads,
    List<String> faults,
    AuditReport audit,
    LedgerVerdict verdict,
    boolean followed) {
  public DiskFullReport {
    back = List.copyOf(back);
    faults = List.copyOf(faults);
  }

  /** Whether nothing was lost or doubled, and everything went on by itself. */
  public boolean holds() {
    return faults.isEmpty() && audit.isClean() && verdict.holds() && followed;
  }

  /** The report for people. */
  public String text() {
    String figures =
        String.format(
            Locale.ROOT,
            "the disk was full %d times; writes by status %s, reads by status %s; after there was"
                + " room again the next write was taken in %s ms%n%d events, %d violations; %d"
                + " acknowledged writes looked up over HTTP",
            back.size(),
            writes,
            reads,
            back.stream().map(d -> Long.toString(d.toMillis())).collect(Collectors.joining(", ")),
            audit.events(),
            audit.violationCount(),
            verdict.checked());
    return figures
        + lines("fault", faults)
        + lines("violation", audit.violations())
        + lines("lost", verdict.lost())
        + lines("doubled", verdict.doubled())
        + lines("unchecked", verdict.unchecked());
  }

  private static String lines(String what, List<?> items) {
    return items.stream()
        .map(item -> System.lineSeparator() + what + ": " + item)
        .collect(Collectors.joining());
  }
}
