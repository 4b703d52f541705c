package io.phalanx.loadtests.fault;

import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.simulator.ledger.LedgerVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What came of the kills.
 *
 * @param kills of a service that was ready
 * @param killsWhileStarting of one that was not
 * @param hits kills at which writes were in flight
 * @param writesHit writes in flight at all kills
 * @param durableUnanswered deployments that a kill left durable before their answer was told
 * @param ready from each launch to ready
 * @param faults where journal and ledger disagree, or what HTTP does not show
 * @param audit of the journal at the end
 * @param verdict of the ledger over HTTP at the end
 * @param unanswered calls that never got an answer
 * @param settlements received by the payout endpoint
 * @param settlementFaults what was wrong with them
 */
public record KillReport(
    int kills,
    int killsWhileStarting,
    int hits,
    long writesHit,
    long durableUnanswered,
    List<Duration> ready,
    List<String> faults,
    AuditReport audit,
    LedgerVerdict verdict,
    int unanswered,
    long settlements,
    List<String> settlementFaults) {
  public KillReport {
    ready = ready.stream().sorted().toList();
    faults = List.copyOf(faults);
    settlementFaults = List.copyOf(settlementFaults);
  }

  /** Whether nothing was lost or doubled and every invariant holds. */
  public boolean holds() {
    return faults.isEmpty() && audit.isClean() && verdict.holds() && settlementFaults.isEmpty();
  }

  /** The report for people. */
  public String text() {
    String figures =
        String.format(
            Locale.ROOT,
            "%d kills, %d more while starting; %d hit writes in flight, %d in all, of which %d were"
                + " durable unanswered%nready again: median %d ms, slowest %d ms%n%d events, %d"
                + " violations; %d acknowledged writes looked up over HTTP; %d settlements",
            kills,
            killsWhileStarting,
            hits,
            writesHit,
            durableUnanswered,
            ready.get(ready.size() / 2).toMillis(),
            ready.get(ready.size() - 1).toMillis(),
            audit.events(),
            audit.violationCount(),
            verdict.checked(),
            settlements);
    return figures
        + lines("fault", faults)
        + lines("violation", audit.violations())
        + lines("lost", verdict.lost())
        + lines("doubled", verdict.doubled())
        + lines("unchecked", verdict.unchecked())
        + lines("settlement", settlementFaults);
  }

  private static String lines(String what, List<?> items) {
    return items.stream()
        .map(item -> System.lineSeparator() + what + ": " + item)
        .collect(Collectors.joining());
  }
}
