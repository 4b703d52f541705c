package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.decision.Decision;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.Meter;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.event.AssignmentEvent.GasCharged;
import io.phalanx.scheduler.event.AssignmentEvent.ReadingFlagged;
import io.phalanx.scheduler.event.DeploymentEvent.RetentionReleased;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.miner.Flagged;
import io.phalanx.scheduler.policy.GasRules;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a reading costs whom. */
public final class GasDecider {

  /** P × 1,000 gas for each second is P gas for each millisecond. */
  private static final long GAS_PER_POINT_AND_MS = 1;

  /** A meter that is wrong is wrong in every reading: the journal has one of them a minute. */
  private static final long FLAG_EVERY_MS = Duration.ofMinutes(1).toMillis();

  private final State state;
  private final Endings endings;

  /** Decides on that state. */
  public GasDecider(State state) {
    this.state = state;
    this.endings = new Endings(state);
  }

  /** One reading on its own. */
  Decision decide(Reading reading, long atMs) {
    Optional<Assignment> found = state.assignments().find(reading.assignmentId());
    if (found.isEmpty()) {
      return AssignmentDecider.notFound(reading.assignmentId());
    }
    Assignment assignment = found.get();
    if (assignment.epoch() != reading.epoch()) {
      return AssignmentDecider.stale(assignment, reading.epoch());
    }
    Long runningAtMs = assignment.runningAtMs();
    if (runningAtMs == null) {
      return Decision.refuse(
          Refusal.ASSIGNMENT_IS_NOT_RUNNING,
          "The assignment was never acknowledged, so no gas was used for it.");
    }
    Meter meter = assignment.meter();
    if (reading.sequence() <= meter.lastSequence()) {
      return Decision.accept(); // a replay: charges nothing
    }
    if (reading.gasUsed() < meter.gasUsed()) {
      return Decision.refuse(
          Refusal.GAS_WENT_BACK, "gasUsed is cumulative and stands at " + meter.gasUsed() + ".");
    }
    long cap = cap(assignment, runningAtMs, atMs);
    if (reading.gasUsed() > cap) {
      return Decision.refuse(
          Refusal.GAS_IS_OVER_THE_CAP,
          "A machine of this score can have used at most " + cap + " gas by now.");
    }
    return Decision.accept(charge(assignment, reading));
  }

  /** What is to be noted of a reading that was refused. */
  Optional<Event> flag(Reading reading, Rejection rejection, long atMs) {
    if (rejection.refusal() != Refusal.GAS_IS_OVER_THE_CAP) {
      return Optional.empty();
    }
    Assignment assignment = state.assignments().known(reading.assignmentId());
    Flagged before = state.miners().known(assignment.minerId()).flagged();
    Long runningAtMs = assignment.runningAtMs();
    boolean isDue = before == null || atMs - before.lastAtMs() >= FLAG_EVERY_MS;
    return isDue && runningAtMs != null
        ? Optional.of(
            new ReadingFlagged(
                assignment.id(),
                reading.sequence(),
                reading.gasUsed(),
                cap(assignment, runningAtMs, atMs)))
        : Optional.empty();
  }

  /** The work possible: P × 1,000 gas per second since it ran, and a burst. */
  private long cap(Assignment assignment, long runningAtMs, long atMs) {
    Assignment.Ending ended = assignment.ended();
    long untilMs = ended == null ? atMs : ended.atMs();
    long workedMs = untilMs - runningAtMs + state.policy().gas().burst().toMillis();
    return Math.multiplyExact(
        GAS_PER_POINT_AND_MS * assignment.placement().performance(), workedMs);
  }

  private List<Event> charge(Assignment assignment, Reading reading) {
    Deployment deployment = state.deployments().known(assignment.deploymentId());
    GasPrice price = assignment.placement().gasPrice();
    Meter meter = assignment.meter();
    long delta = reading.gasUsed() - meter.gasUsed();
    long chargeable = price.affordable(deployment.funds().held(), delta);
    Amount charge = price.times(chargeable);
    Amount treasury = treasuryPart(meter, charge);
    List<Event> events = new ArrayList<>();
    events.add(
        new GasCharged(
            assignment.id(),
            reading.sequence(),
            reading.gasUsed(),
            chargeable,
            delta - chargeable,
            charge.minus(treasury),
            treasury,
            reading.last(),
            reading.signature()));
    follow(deployment, assignment, charge, reading.last(), events);
    return events;
  }

  /** floor(20 % of the assignment's cumulative charge) less what was taken before. */
  private Amount treasuryPart(Meter meter, Amount charge) {
    GasRules rules = state.policy().gas();
    BigInteger cumulative =
        meter
            .total()
            .plus(charge)
            .pico()
            .multiply(BigInteger.valueOf(rules.treasuryPercent()))
            .divide(BigInteger.valueOf(100));
    BigInteger due = cumulative.subtract(meter.treasury().pico());
    return new Amount(due.max(BigInteger.ZERO).min(charge.pico()));
  }

  private void follow(
      Deployment deployment,
      Assignment assignment,
      Amount charge,
      boolean last,
      List<Event> events) {
    Amount left = deployment.funds().held().minus(charge);
    if (!deployment.isEnded()) {
      if (!assignment.placement().gasPrice().isCoveredBy(left)) {
        events.addAll(endings.endOutOfGas(deployment.charged(charge), assignment.id(), last));
      }
    } else if (last && !left.isZero() && isLastAwaited(deployment, assignment)) {
      events.add(new RetentionReleased(deployment.id(), left));
    }
  }

  private boolean isLastAwaited(Deployment deployment, Assignment assignment) {
    return state.assignments().of(deployment.id()).stream()
        .filter(other -> !other.id().equals(assignment.id()))
        .noneMatch(Assignment::awaitsFinalReading);
  }
}
