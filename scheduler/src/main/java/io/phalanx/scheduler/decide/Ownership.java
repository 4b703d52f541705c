package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.access.Caller;
import io.phalanx.scheduler.access.Role;
import io.phalanx.scheduler.command.AccessCommand.IssueKey;
import io.phalanx.scheduler.command.AccessCommand.RevokeKey;
import io.phalanx.scheduler.command.AccountCommand.CorrectCharge;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.AccountCommand.Withdraw;
import io.phalanx.scheduler.command.ActAs;
import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.CommandHandler;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.ChangeDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand;
import io.phalanx.scheduler.command.MinerCommand.ChangeMinerTerms;
import io.phalanx.scheduler.command.MinerCommand.CordonMiner;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.command.MinerCommand.ReviewEvidence;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.MinerCommand.StateStake;
import io.phalanx.scheduler.command.MinerCommand.StopMiner;
import io.phalanx.scheduler.command.MinerCommand.UncordonMiner;
import io.phalanx.scheduler.command.QuoteCommand;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.command.SettlementCommand.MarkSettlementDelivered;
import io.phalanx.scheduler.command.SystemCommand.ChangePolicy;
import io.phalanx.scheduler.command.SystemCommand.CommitRound;
import io.phalanx.scheduler.command.SystemCommand.KeepHistory;
import io.phalanx.scheduler.command.SystemCommand.PublishCollateral;
import io.phalanx.scheduler.command.SystemCommand.TakeOver;
import io.phalanx.scheduler.command.SystemCommand.Tick;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.state.State;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether the thing a command is about is its caller's. What is another's is not there; what no one
 * of that role may do is forbidden. Each command has a method, so none can be forgotten.
 */
final class Ownership implements CommandHandler<Optional<Rejection>> {

  private static final Optional<Rejection> FINE = Optional.empty();

  private final State state;
  private final Caller caller;

  Ownership(State state, Caller caller) {
    this.state = state;
    this.caller = caller;
  }

  private Optional<Rejection> only(Role... roles) {
    return Arrays.asList(roles).contains(caller.role()) ? FINE : forbidden();
  }

  private static Optional<Rejection> forbidden() {
    return Optional.of(
        Rejection.of(Refusal.CALLER_MAY_NOT_DO_THIS, "Another role may make this call."));
  }

  private static Optional<Rejection> hidden(Refusal refusal, String sentence) {
    return Optional.of(Rejection.of(refusal, sentence));
  }

  private Optional<Rejection> operatorOf(MinerCommand command) {
    if (caller.role() != Role.OPERATOR) {
      return only(Role.ADMIN);
    }
    boolean own =
        state
            .miners()
            .find(command.minerId())
            .filter(miner -> miner.operator().equals(caller.name()))
            .isPresent();
    return own ? FINE : hidden(Refusal.MINER_NOT_FOUND, "You have no miner of that key.");
  }

  private Optional<Rejection> minerOf(AssignmentId id) {
    if (caller.role() != Role.MINER) {
      return forbidden();
    }
    boolean own =
        state
            .assignments()
            .find(id)
            .filter(assignment -> assignment.minerId().text().equals(caller.name()))
            .isPresent();
    return own ? FINE : hidden(Refusal.ASSIGNMENT_NOT_FOUND, "You have no assignment of that id.");
  }

  private Optional<Rejection> developer(String developer) {
    if (caller.role() != Role.DEVELOPER) {
      return only(Role.ADMIN);
    }
    return caller.name().equals(developer)
        ? FINE
        : hidden(Refusal.DEPLOYMENT_NOT_FOUND, "You have no deployment of that id.");
  }

  @Override
  public Optional<Rejection> handle(RegisterMiner command) {
    return caller.is(Role.OPERATOR, command.operator()) ? FINE : only(Role.ADMIN);
  }

  @Override
  public Optional<Rejection> handle(StartMiner command) {
    return operatorOf(command);
  }

  @Override
  public Optional<Rejection> handle(StopMiner command) {
    return operatorOf(command);
  }

  @Override
  public Optional<Rejection> handle(ChangeMinerTerms command) {
    return operatorOf(command);
  }

  @Override
  public Optional<Rejection> handle(RenewEvidence command) {
    return operatorOf(command);
  }

  @Override
  public Optional<Rejection> handle(ReviewEvidence command) {
    return forbidden();
  }

  @Override
  public Optional<Rejection> handle(PublishCollateral command) {
    return only(Role.ADMIN);
  }

  @Override
  public Optional<Rejection> handle(StateStake command) {
    return only(Role.PAYOUT, Role.ADMIN);
  }

  @Override
  public Optional<Rejection> handle(CordonMiner command) {
    return operatorOf(command);
  }

  @Override
  public Optional<Rejection> handle(UncordonMiner command) {
    return operatorOf(command);
  }

  @Override
  public Optional<Rejection> handle(Heartbeat command) {
    if (caller.role() != Role.MINER) {
      return forbidden();
    }
    return caller.name().equals(command.minerId().text())
        ? FINE
        : hidden(Refusal.MINER_NOT_FOUND, "You are not the miner of that key.");
  }

  @Override
  public Optional<Rejection> handle(CreateDeployment command) {
    return developer(command.developer());
  }

  @Override
  public Optional<Rejection> handle(ChangeDeployment command) {
    return developer(command.developer());
  }

  @Override
  public Optional<Rejection> handle(CancelDeployment command) {
    return developer(command.developer());
  }

  @Override
  public Optional<Rejection> handle(QuoteCommand command) {
    if (caller.role() != Role.DEVELOPER) {
      return only(Role.ADMIN);
    }
    return caller.name().equals(command.developer())
        ? FINE
        : hidden(Refusal.QUOTE_NOT_FOUND, "You have no quote of that id.");
  }

  @Override
  public Optional<Rejection> handle(AcknowledgeAssignment command) {
    return minerOf(command.assignmentId());
  }

  @Override
  public Optional<Rejection> handle(CompleteAssignment command) {
    return minerOf(command.assignmentId());
  }

  @Override
  public Optional<Rejection> handle(FailAssignment command) {
    return minerOf(command.assignmentId());
  }

  @Override
  public Optional<Rejection> handle(ReportGas command) {
    return FINE; // each reading is signed by its miner, so anybody known may bring it
  }

  @Override
  public Optional<Rejection> handle(Deposit command) {
    return only(Role.PAYOUT, Role.ADMIN);
  }

  @Override
  public Optional<Rejection> handle(Withdraw command) {
    return only(Role.PAYOUT, Role.ADMIN);
  }

  @Override
  public Optional<Rejection> handle(CorrectCharge command) {
    return only(Role.ADMIN);
  }

  @Override
  public Optional<Rejection> handle(AcknowledgeSettlement command) {
    return only(Role.PAYOUT, Role.ADMIN);
  }

  @Override
  public Optional<Rejection> handle(ChangePolicy command) {
    return only(Role.ADMIN);
  }

  @Override
  public Optional<Rejection> handle(IssueKey command) {
    return only(Role.ADMIN);
  }

  @Override
  public Optional<Rejection> handle(RevokeKey command) {
    return only(Role.ADMIN);
  }

  @Override
  public Optional<Rejection> handle(MarkSettlementDelivered command) {
    return forbidden();
  }

  @Override
  public Optional<Rejection> handle(TakeOver command) {
    return forbidden();
  }

  @Override
  public Optional<Rejection> handle(Tick command) {
    return forbidden();
  }

  @Override
  public Optional<Rejection> handle(CommitRound command) {
    return forbidden();
  }

  @Override
  public Optional<Rejection> handle(KeepHistory command) {
    return forbidden();
  }

  @Override
  public Optional<Rejection> handle(ActAs command) {
    return forbidden();
  }
}
