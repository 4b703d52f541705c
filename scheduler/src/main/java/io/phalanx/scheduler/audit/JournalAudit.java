package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.event.EventCatalog;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a journal's events from the first to the last and checks every invariant that they can
 * show, with a naive model of its own: maps and loops, nothing of the code that wrote them. What is
 * wrong is reported, not thrown, and reading goes on.
 *
 * <p>The work for an event does not grow with the journal; the memory does, with the number of
 * miners, deployments, assignments and keys there ever were. Not safe for use by several threads.
 */
public final class JournalAudit {

  private static final int FULL_CHECK_AFTER = 1000;

  private final Findings findings = new Findings();
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final Books books;
  private final Desk desk;
  private final FullCheck fullCheck;
  private long events;
  private long fullCheckAt = FULL_CHECK_AFTER;

  /** An audit that has read nothing yet. */
  public JournalAudit() {
    books = new Books(findings);
    desk = new Desk(books);
    fullCheck = new FullCheck(books);
  }

  /**
   * The events that follow stand in one row. Needs to be said only where there are rows; then
   * writes of a leader after a newer one has written are seen too.
   *
   * @param first the position of the row's first event
   * @param epoch the epoch of the leader that wrote it
   */
  public void beginRow(long first, long epoch) {
    findings.at(first);
    desk.order().row(first, epoch);
  }

  /** The next event. */
  public void accept(StampedEvent stamped) {
    findings.at(stamped.moment().position());
    events++;
    counts.merge(EventCatalog.nameOf(stamped.event()), 1L, Long::sum);
    desk.take(stamped.event(), stamped.moment());
    if (events >= fullCheckAt) {
      fullCheck.run();
      fullCheckAt = events + Math.max(FULL_CHECK_AFTER, fullCheck.size());
    }
  }

  /** Adds everything up once more and says what was found so far; reading may go on after it. */
  public AuditReport finish() {
    fullCheck.run();
    return new AuditReport(
        events,
        desk.order().position(),
        desk.order().epoch(),
        counts,
        books.money.balances(),
        findings.count(),
        findings.kept());
  }
}
