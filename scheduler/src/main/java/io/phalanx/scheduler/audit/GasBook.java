package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.event.AccountEvent.ChargeCorrected;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.AssignmentEvent.ReadingFlagged;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentEnded;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What gas costs: each unit once, by the price agreed, shared by the treasury's rule. */
final class GasBook {

  private static final long FLAGGED_EVERY_MS = 60_000;

  private final Books books;
  private final DeploymentBook deploymentBook;
  private final SettlementBook settlementBook;
  private final Set<String> corrected = new HashSet<>();
  private final Map<MinerId, Long> flaggedAtMs = new HashMap<>();
  private @Nullable DeploymentFacts outOfGas;

  GasBook(Books books, DeploymentBook deploymentBook, SettlementBook settlementBook) {
    this.books = books;
    this.deploymentBook = deploymentBook;
    this.settlementBook = settlementBook;
  }

  void take(GasCharged event, Moment moment) {
    AssignmentFacts assignment = books.assignment(event.assignmentId());
    if (assignment == null) {
      return;
    }
    checkMeter(assignment, event);
    checkCap(assignment, event, moment);
    checkCharge(assignment, event);
    checkShares(assignment, event);
    post(assignment, event);
    settlementBook.charge(assignment, event, moment);
    DeploymentFacts deployment = assignment.deployment;
    BigInteger held = books.money.balance(Money.held(deployment.id));
    boolean buysMore = held.compareTo(assignment.placement.gasPrice().pico()) >= 0;
    outOfGas = deployment.ended || buysMore ? null : deployment;
  }

  /** A charge is taken back: once, no more than was charged, by who has the money. */
  void take(ChargeCorrected event, Moment moment) {
    CorrectedCharge charge = event.charge();
    AssignmentFacts assignment = books.assignment(charge.assignmentId());
    if (assignment == null) {
      return;
    }
    DeploymentFacts deployment = assignment.deployment;
    boolean fits =
        assignment.miner.id.equals(charge.minerId())
            && deployment.id.equals(charge.deploymentId())
            && deployment.developer.equals(event.developer());
    require(fits, assignment, "it is corrected for somebody else");
    require(corrected.add(charge.receiptId()), assignment, "it is corrected twice");
    BigInteger fee = charge.fee().pico();
    BigInteger treasury = charge.treasury().pico();
    BigInteger total = fee.add(treasury);
    assignment.corrected = assignment.corrected.add(total);
    boolean covered = assignment.corrected.compareTo(assignment.charged) <= 0;
    require(covered, assignment, "more is given back than was charged");
    boolean closed = charge.atMs() < settlementBook.closedBeforeMs();
    require(closed == event.settled(), assignment, "its period was closed: " + closed);
    books.money.post(Money.available(event.developer()), total);
    books.money.post(Money.TREASURY, (event.settled() ? total : treasury).negate());
    if (!event.settled()) {
      books.money.post(Money.earned(charge.minerId()), fee.negate());
    }
    settlementBook.correct(event);
    deployment.spent = deployment.spent.subtract(total);
    deployment.released = deployment.released.add(total);
    deploymentBook.balance(deployment);
  }

  private void checkMeter(AssignmentFacts assignment, GasCharged event) {
    require(assignment.runningAtMs != null, assignment, "it never ran");
    require(event.sequence() > assignment.sequence, assignment, "the sequence does not rise");
    require(event.gasUsed() >= assignment.gasUsed, assignment, "cumulative gas falls");
    boolean all = event.charged() + event.uncollected() == event.gasUsed() - assignment.gasUsed;
    require(all, assignment, "charged and uncollected are not what was used since");
  }

  private void checkCap(AssignmentFacts assignment, GasCharged event, Moment moment) {
    if (assignment.runningAtMs != null) {
      BigInteger cap = cap(assignment, assignment.runningAtMs, moment);
      boolean possible = BigInteger.valueOf(event.gasUsed()).compareTo(cap) <= 0;
      require(possible, assignment, "more gas than its miner can have done: " + cap);
    }
  }

  /** P × 1,000 gas a second, and a burst: P for each millisecond. */
  private BigInteger cap(AssignmentFacts assignment, long runningAtMs, Moment moment) {
    Long endedAtMs = assignment.endedAtMs;
    long untilMs = endedAtMs == null ? moment.atMs() : endedAtMs;
    long workedMs = untilMs - runningAtMs + books.policy.gas().burst().toMillis();
    return BigInteger.valueOf(assignment.placement.performance())
        .multiply(BigInteger.valueOf(workedMs));
  }

  /** Nobody is blamed for what it could have done, nor again within a minute. */
  void take(ReadingFlagged event, Moment moment) {
    AssignmentFacts assignment = books.assignment(event.assignmentId());
    if (assignment == null) {
      return;
    }
    Long runningAtMs = assignment.runningAtMs;
    require(runningAtMs != null, assignment, "it is flagged and never ran");
    require(event.sequence() > assignment.sequence, assignment, "a replay is flagged");
    if (runningAtMs != null) {
      BigInteger cap = cap(assignment, runningAtMs, moment);
      require(BigInteger.valueOf(event.cap()).equals(cap), assignment, "the cap is " + cap);
    }
    require(event.gasUsed() > event.cap(), assignment, "it is flagged within the cap");
    Long before = flaggedAtMs.put(assignment.miner.id, moment.atMs());
    boolean isRare = before == null || moment.atMs() - before >= FLAGGED_EVERY_MS;
    require(isRare, assignment, "its miner is flagged again too soon");
  }

  private void checkCharge(AssignmentFacts assignment, GasCharged event) {
    BigInteger price = assignment.placement.gasPrice().pico();
    BigInteger held = books.money.balance(Money.held(assignment.deployment.id));
    BigInteger charged = BigInteger.valueOf(event.charged());
    boolean covered = charged.multiply(price).compareTo(held) <= 0;
    require(covered && event.charged() >= 0, assignment, "it charges more than is held");
    BigInteger more = charged.add(BigInteger.ONE).multiply(price);
    boolean allOfIt = event.uncollected() == 0 || more.compareTo(held) > 0;
    require(allOfIt && event.uncollected() >= 0, assignment, "it charges less than is held");
  }

  /** floor(percent of all its charges) less what the treasury has, within this charge. */
  private void checkShares(AssignmentFacts assignment, GasCharged event) {
    BigInteger charge =
        assignment.placement.gasPrice().pico().multiply(BigInteger.valueOf(event.charged()));
    BigInteger percent = BigInteger.valueOf(books.policy.gas().treasuryPercent());
    BigInteger due =
        assignment
            .charged
            .add(charge)
            .multiply(percent)
            .divide(BigInteger.valueOf(100))
            .subtract(assignment.treasury)
            .max(BigInteger.ZERO)
            .min(charge);
    require(event.treasury().pico().equals(due), assignment, "the treasury's part is not " + due);
  }

  private void post(AssignmentFacts assignment, GasCharged event) {
    DeploymentFacts deployment = assignment.deployment;
    BigInteger charge =
        assignment.placement.gasPrice().pico().multiply(BigInteger.valueOf(event.charged()));
    books.money.post(Money.held(deployment.id), charge.negate());
    books.money.post(Money.earned(assignment.miner.id), event.fee().pico());
    books.money.post(Money.TREASURY, event.treasury().pico());
    deployment.spent = deployment.spent.add(charge);
    deploymentBook.balance(deployment);
    assignment.sequence = event.sequence();
    assignment.gasUsed = event.gasUsed();
    assignment.charged = assignment.charged.add(charge);
    assignment.treasury = assignment.treasury.add(event.treasury().pico());
    assignment.saidLast = event.last();
  }

  /** A deployment that buys no more gas ends before anything else happens. */
  void before(Event event) {
    DeploymentFacts deployment = outOfGas;
    if (deployment == null) {
      return;
    }
    if (event instanceof AssignmentEnded ended) {
      AssignmentFacts assignment = books.assignments.get(ended.assignmentId());
      if (assignment != null && assignment.deployment.equals(deployment)) {
        return;
      }
    }
    outOfGas = null;
    boolean ends =
        event instanceof DeploymentEnded ended && ended.deploymentId().equals(deployment.id);
    books.findings.check(ends, 5, () -> deployment + " is out of gas and goes on");
  }

  private void require(boolean holds, AssignmentFacts assignment, String what) {
    books.findings.check(holds, 6, () -> "a reading of " + assignment + ": " + what);
  }
}
