package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.command.AccountCommand;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.Meter;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.id.QuoteId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.proof.Receipt;
import io.phalanx.scheduler.state.Change.EntryChange;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.IsoDuration;
import io.phalanx.scheduler.unit.Timestamps;
import io.phalanx.scheduler.view.AccessKeyView;
import io.phalanx.scheduler.view.Answer;
import io.phalanx.scheduler.view.AssignmentView;
import io.phalanx.scheduler.view.CorrectionView;
import io.phalanx.scheduler.view.DeploymentView;
import io.phalanx.scheduler.view.EntryView;
import io.phalanx.scheduler.view.GasResults;
import io.phalanx.scheduler.view.HeartbeatView;
import io.phalanx.scheduler.view.MinerView;
import io.phalanx.scheduler.view.PolicyView;
import io.phalanx.scheduler.view.QuoteView;
import io.phalanx.scheduler.view.SettlementView;
import java.util.List;

/** What accepted commands are answered with, from the state just after them. */
final class Answers {

  private final State state;
  private final Liveness liveness;

  Answers(State state, Liveness liveness) {
    this.state = state;
    this.liveness = liveness;
  }

  Answer miner(MinerId id, long atMs) {
    return MinerView.of(
        state.miners().known(id),
        state.ledger().of(id),
        state.policy(),
        liveness.lastHeardMs(id).orElse(null),
        atMs);
  }

  Answer deploymentCreated(long position) {
    return deployment(DeploymentId.at(position));
  }

  Answer deployment(DeploymentId id) {
    return DeploymentView.of(state.deployments().known(id), state);
  }

  Answer assignment(AssignmentId id) {
    return AssignmentView.of(state.assignments().known(id));
  }

  /** The deployment that the quote has just become. */
  Answer redeemed(QuoteId id) {
    DeploymentId deployment = state.quotes().known(id).deploymentId();
    if (deployment == null) {
      throw new IllegalStateException(id + " is not redeemed");
    }
    return deployment(deployment);
  }

  Answer quote(QuoteId id) {
    return QuoteView.of(state.quotes().known(id));
  }

  Answer settlement(long number) {
    return SettlementView.of(state.settlements().known(number), null);
  }

  Answer accessKey(String id) {
    return AccessKeyView.of(state.access().keys().known(id));
  }

  Answer policy() {
    return new PolicyView(state.policy());
  }

  Answer correction(AccountCommand.CorrectCharge command, long atMs) {
    return CorrectionView.of(command.charge(), command.reason(), atMs);
  }

  Answer entry(AccountCommand.Deposit command) {
    return entry(command.developer(), "deposit", command.amount(), command.reference());
  }

  Answer entry(AccountCommand.Withdraw command) {
    return entry(command.developer(), "withdrawal", command.amount(), command.reference());
  }

  private Answer entry(String developer, String kind, Amount amount, String reference) {
    Amount balance = state.ledger().of(developer).available();
    return EntryView.of(
        new EntryChange(developer, kind, amount, balance, null, reference),
        new Moment(state.position(), state.stampMs()));
  }

  /** A repeated reading is answered as it was; an older one has cost nothing. */
  GasResults.Result charged(Reading reading) {
    Assignment assignment = state.assignments().known(reading.assignmentId());
    Deployment deployment = state.deployments().known(assignment.deploymentId());
    Meter meter = assignment.meter();
    boolean isNewest = reading.sequence() == meter.lastSequence();
    Amount charged = isNewest ? meter.lastCharge() : Amount.ZERO;
    String receiptId = isNewest && meter.chargedAt() > 0 ? Receipt.idAt(meter.chargedAt()) : null;
    boolean exhausted = !assignment.placement().gasPrice().isCoveredBy(deployment.funds().held());
    return new GasResults.Charged(charged, exhausted, receiptId);
  }

  Answer heartbeat(MinerId id, long sequence) {
    Miner miner = state.miners().known(id);
    AssignmentId running = miner.standing().assignmentId();
    return new HeartbeatView(
        miner.state(),
        IsoDuration.of(state.policy().miners().nextHeartbeatIn()),
        sequence,
        running == null ? List.of() : List.of(order(state.assignments().known(running))));
  }

  private HeartbeatView.Order order(Assignment assignment) {
    Deployment deployment = state.deployments().known(assignment.deploymentId());
    Meter meter = assignment.meter();
    return new HeartbeatView.Order(
        assignment.id(),
        deployment.id(),
        deployment.spec().codeHash(),
        deployment.spec().codeUri(),
        assignment.epoch(),
        assignment.state(),
        assignment.placement().gasPrice(),
        Timestamps.text(assignment.acknowledgeByMs()),
        meter.lastSequence() < 0 ? null : meter.lastSequence(),
        meter.gasUsed());
  }
}
