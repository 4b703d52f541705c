package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.audit.DeploymentFacts.SlotFacts;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.AccountEvent.Withdrawn;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentChanged;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentEnded;
import io.phalanx.scheduler.event.DeploymentEvent.RetentionReleased;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.unit.Amount;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;

/** Deployments and the money that is bound for them. */
final class DeploymentBook {

  /** A deployment and until when something of its budget is kept. */
  private record Kept(long untilMs, DeploymentFacts deployment) {}

  private final Books books;
  private final Set<String> references = new HashSet<>();
  private final Queue<Kept> kept = new PriorityQueue<>(Comparator.comparingLong(Kept::untilMs));

  DeploymentBook(Books books) {
    this.books = books;
  }

  void take(Deposited event) {
    once("deposit", event.developer(), event.reference());
    books.money.move(Money.EXTERNAL, Money.available(event.developer()), event.amount());
  }

  void take(Withdrawn event) {
    once("withdrawal", event.developer(), event.reference());
    books.money.move(Money.available(event.developer()), Money.EXTERNAL, event.amount());
  }

  private void once(String direction, String developer, String reference) {
    boolean isNew = references.add(direction + " of " + developer + " under " + reference);
    books.findings.check(
        isNew, 3, () -> "a second " + direction + " of " + developer + " under " + reference);
  }

  void take(DeploymentCreated event, Moment moment) {
    DeploymentFacts deployment =
        new DeploymentFacts(event.deploymentId(), event.developer(), event.spec(), moment.atMs());
    boolean isNew = books.deployments.putIfAbsent(event.deploymentId(), deployment) == null;
    books.findings.check(isNew, 8, () -> deployment + " is created again");
    books.money.move(
        Money.available(event.developer()),
        Money.held(event.deploymentId()),
        event.spec().budget());
    books.changed(deployment, moment);
  }

  void take(DeploymentChanged event, Moment moment) {
    DeploymentFacts deployment = books.deployment(event.deploymentId());
    if (deployment == null) {
      return;
    }
    books.findings.check(!deployment.ended, 8, () -> deployment + " changes after its end");
    BigInteger more = event.spec().budget().pico().subtract(deployment.budget());
    books.money.post(Money.available(deployment.developer), more.negate());
    books.money.post(Money.held(deployment.id), more);
    deployment.spec = event.spec();
    deployment.resize(moment.atMs());
    if (event.waitsAnew()) {
      deployment.slots.stream()
          .filter(SlotFacts::lacks)
          .forEach(s -> s.waitingSinceMs = moment.atMs());
    }
    place(deployment);
    balance(deployment);
    books.changed(deployment, moment);
  }

  void take(DeploymentEnded event, Moment moment) {
    DeploymentFacts deployment = books.deployment(event.deploymentId());
    if (deployment == null) {
      return;
    }
    books.findings.check(!deployment.ended, 8, () -> deployment + " ends twice");
    for (SlotFacts slot : deployment.slots) {
      boolean free = slot.live == null && slot.leaving == null;
      books.findings.check(free, 1, () -> deployment + " ends and a slot of it goes on");
    }
    deployment.ended = true;
    BigInteger heldBefore = books.money.balance(Money.held(deployment.id));
    release(deployment, event.released());
    checkKept(deployment, heldBefore, moment);
    books.changed(deployment, moment);
  }

  /** Something is kept exactly when a last reading is owed, and never more than the rule says. */
  private void checkKept(DeploymentFacts deployment, BigInteger heldBefore, Moment moment) {
    BigInteger left = books.money.balance(Money.held(deployment.id));
    BigInteger divisor = BigInteger.valueOf(books.policy.gas().retentionDivisor());
    BigInteger most = deployment.budget().divide(divisor).min(heldBefore);
    long waitMs = books.policy.gas().finalReadingWait().toMillis();
    boolean owed = false;
    boolean owedLately = false;
    for (AssignmentFacts assignment : deployment.assignments) {
      Long endedAtMs = assignment.endedAtMs;
      boolean late = endedAtMs == null || endedAtMs + books.shortestWaitMs > moment.atMs();
      owed |= assignment.owesReading();
      owedLately |= assignment.owesReading() && late;
    }
    boolean right =
        left.signum() == 0 ? !owedLately || most.signum() == 0 : owed && left.equals(most);
    books.findings.check(
        right, 5, () -> deployment + " ends and keeps " + left + " of " + heldBefore);
    if (left.signum() > 0) {
      long laterMs = moment.atMs() + 1; // what is due at once happens with the next command
      kept.add(new Kept(Math.max(moment.atMs() + waitMs, laterMs), deployment));
    }
  }

  void take(RetentionReleased event, Moment moment) {
    DeploymentFacts deployment = books.deployment(event.deploymentId());
    if (deployment == null) {
      return;
    }
    books.findings.check(deployment.ended, 5, () -> deployment + " is released and goes on");
    release(deployment, event.released());
    boolean all = books.money.balance(Money.held(deployment.id)).signum() == 0;
    books.findings.check(all, 5, () -> deployment + " keeps something after its release");
    books.changed(deployment, moment);
  }

  private void release(DeploymentFacts deployment, Amount amount) {
    String available = Money.available(deployment.developer);
    books.money.move(Money.held(deployment.id), available, amount);
    deployment.released = deployment.released.add(amount.pico());
    balance(deployment);
  }

  /** held + spent + released = budget. */
  void balance(DeploymentFacts deployment) {
    BigInteger held = books.money.balance(Money.held(deployment.id));
    BigInteger sum = held.add(deployment.spent).add(deployment.released);
    books.findings.check(
        sum.equals(deployment.budget()),
        5,
        () -> deployment + " has a budget of " + deployment.budget() + " and accounts for " + sum);
  }

  /** Remembers that it had enough miners once. */
  static void place(DeploymentFacts deployment) {
    deployment.everPlaced |= deployment.covered() >= deployment.spec.minReplicas();
  }

  /** The clock has gone on from that stamp: what was due by then must have been given back. */
  void passed(long stampMs) {
    Kept first = kept.peek();
    while (first != null && first.untilMs() <= stampMs) {
      kept.remove();
      DeploymentFacts deployment = first.deployment();
      boolean free = books.money.balance(Money.held(deployment.id)).signum() == 0;
      books.findings.check(
          free, 5, () -> deployment + " keeps money after the wait for last readings");
      first = kept.peek();
    }
  }
}
