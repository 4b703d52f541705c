package io.phalanx.scheduler.decide;

import static io.phalanx.scheduler.decision.Decision.accept;
import static io.phalanx.scheduler.decision.Decision.refuse;

import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.ChangeDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.decision.Decision;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentEndReason;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.event.AccountEvent.Deposited;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentChanged;
import io.phalanx.scheduler.event.DeploymentEvent.DeploymentCreated;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creation, change and cancellation of deployments. */
public final class DeploymentDecider {

  /** The reference of the deposit that opens an account in open mode. */
  static final String OPENING = "open-mode";

  private final State state;
  private final Endings endings;

  /** Decides on that state. */
  public DeploymentDecider(State state) {
    this.state = state;
    this.endings = new Endings(state);
  }

  Decision decide(CreateDeployment command) {
    List<Event> events = new ArrayList<>();
    Amount available =
        AccountDecider.startingBalance(
            state, command.developer(), command.startingBalance(), events);
    Amount budget = command.spec().budget();
    if (available.compareTo(budget) < 0) {
      return tooLow(budget, available);
    }
    DeploymentId id = DeploymentId.at(state.position() + events.size() + 1);
    events.add(new DeploymentCreated(id, command.developer(), command.spec(), null));
    return accept(events);
  }

  Decision decide(ChangeDeployment command) {
    Optional<Deployment> found = own(command.developer(), command.deploymentId());
    if (found.isEmpty()) {
      return notFound(command.deploymentId());
    }
    Deployment deployment = found.get();
    DeploymentSpec before = deployment.spec();
    DeploymentSpec after = command.after();
    if (deployment.isEnded()) {
      return refuse(Refusal.DEPLOYMENT_HAS_ENDED, "The deployment has ended; nothing can change.");
    }
    if (!before.equals(command.before())) {
      return refuse(
          Refusal.DEPLOYMENT_HAS_CHANGED, "The deployment was changed by another request.");
    }
    if (after.equals(before)) {
      return accept();
    }
    return mayChange(deployment, after)
        .<Decision>map(Decision.Refused::new)
        .orElseGet(
            () ->
                accept(new DeploymentChanged(deployment.id(), after, !after.competesLike(before))));
  }

  private Optional<Rejection> mayChange(Deployment deployment, DeploymentSpec after) {
    if (!after.codeHash().equals(deployment.spec().codeHash())) {
      return Optional.of(
          Rejection.field(
              Refusal.VALUE_IS_INVALID,
              "/codeHash",
              "cannot change: other code, other deployment"));
    }
    boolean waits = deployment.state() == DeploymentState.PENDING;
    if (!after.differsOnlyInTermsFrom(deployment.spec()) && !waits) {
      return rejection(
          Refusal.DEPLOYMENT_IS_NOT_PENDING,
          "Only budget, queueTimeout, lifetime and labels can change once it is placed.");
    }
    if (after.replicas() != deployment.spec().replicas()
        && deployment.live() + deployment.completed() > 0) {
      return rejection(
          Refusal.DEPLOYMENT_IS_NOT_PENDING,
          "The number of replicas can change only while none has a miner.");
    }
    Amount budget = after.budget();
    Amount gone = deployment.funds().spent().plus(deployment.funds().released());
    if (budget.compareTo(gone) < 0) {
      return Optional.of(
          Rejection.field(
              Refusal.BUDGET_IS_BELOW_SPENT,
              "/budget",
              "must be at least what is spent or was given back, " + gone));
    }
    Amount available = state.ledger().of(deployment.developer()).available();
    Amount old = deployment.spec().budget();
    boolean covered = budget.compareTo(old) <= 0 || available.compareTo(budget.minus(old)) >= 0;
    return covered ? Optional.empty() : Optional.of(shortOf(budget.minus(old), available));
  }

  Decision decide(CancelDeployment command) {
    return own(command.developer(), command.deploymentId())
        .map(
            deployment ->
                deployment.isEnded()
                    ? accept() // repeating it answers the same
                    : accept(endings.end(deployment, DeploymentEndReason.CANCELLED)))
        .orElseGet(() -> notFound(command.deploymentId()));
  }

  private Optional<Deployment> own(String developer, DeploymentId id) {
    return state.deployments().find(id).filter(d -> d.developer().equals(developer));
  }

  private static Decision notFound(DeploymentId id) {
    return refuse(Refusal.DEPLOYMENT_NOT_FOUND, "There is no deployment " + id + ".");
  }

  private static Optional<Rejection> rejection(Refusal refusal, String detail) {
    return Optional.of(Rejection.of(refusal, detail));
  }

  private static Decision tooLow(Amount required, Amount available) {
    return new Decision.Refused(shortOf(required, available));
  }

  static Rejection shortOf(Amount required, Amount available) {
    return Rejection.guard(
        Refusal.BALANCE_IS_TOO_LOW,
        "The available balance of " + available + " does not cover " + required + ".",
        required.toString(),
        available.toString());
  }

  /** An opening deposit that open mode gives is an event like any other. */
  static Deposited opening(String developer, Amount amount) {
    return new Deposited(developer, amount, OPENING);
  }
}
