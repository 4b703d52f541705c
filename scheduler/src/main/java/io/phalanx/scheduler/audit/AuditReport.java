package io.phalanx.scheduler.audit;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an audit found.
 *
 * @param events how many events it read
 * @param position the last event's position
 * @param epoch the last leader's epoch
 * @param counts how many events of each type there were, by their names in the journal
 * @param accounts what every account stands at after the last event; those at zero are left out
 * @param violationCount how many violations there are in all
 * @param violations the first of them, at most {@value Findings#KEPT}
 */
public record AuditReport(
    long events,
    long position,
    long epoch,
    SortedMap<String, Long> counts,
    SortedMap<String, BigInteger> accounts,
    long violationCount,
    List<Violation> violations) {

  /** Copies what could change under it. */
  public AuditReport {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    accounts = Collections.unmodifiableSortedMap(new TreeMap<>(accounts));
    violations = List.copyOf(violations);
  }

  /** Whether nothing is wrong. */
  public boolean isClean() {
    return violationCount == 0;
  }
}
