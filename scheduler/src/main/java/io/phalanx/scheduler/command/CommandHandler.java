package io.phalanx.scheduler.command;

import io.phalanx.scheduler.command.AccessCommand.IssueKey;
import io.phalanx.scheduler.command.AccessCommand.RevokeKey;
import io.phalanx.scheduler.command.AccountCommand.CorrectCharge;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.AccountCommand.Withdraw;
import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.ChangeDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
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
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.command.SettlementCommand.MarkSettlementDelivered;
import io.phalanx.scheduler.command.SystemCommand.ChangePolicy;
import io.phalanx.scheduler.command.SystemCommand.CommitRound;
import io.phalanx.scheduler.command.SystemCommand.KeepHistory;
import io.phalanx.scheduler.command.SystemCommand.PublishCollateral;
import io.phalanx.scheduler.command.SystemCommand.TakeOver;
import io.phalanx.scheduler.command.SystemCommand.Tick;

/**
 * One method for each command: a forgotten one does not compile.
 *
 * @param <R> what handling comes to
 */
public interface CommandHandler<R> {

  /** Handles the command. */
  R handle(RegisterMiner command);

  /** Handles the command. */
  R handle(StartMiner command);

  /** Handles the command. */
  R handle(StopMiner command);

  /** Handles the command. */
  R handle(ChangeMinerTerms command);

  /** Handles the command. */
  R handle(RenewEvidence command);

  /** Handles the command. */
  R handle(ReviewEvidence command);

  /** Handles the command. */
  R handle(PublishCollateral command);

  /** Handles the command. */
  R handle(StateStake command);

  /** Handles the command. */
  R handle(CordonMiner command);

  /** Handles the command. */
  R handle(UncordonMiner command);

  /** Handles the command. */
  R handle(Heartbeat command);

  /** Handles the command. */
  R handle(CreateDeployment command);

  /** Handles the command. */
  R handle(ChangeDeployment command);

  /** Handles the command. */
  R handle(CancelDeployment command);

  /** Handles the command. */
  R handle(AcknowledgeAssignment command);

  /** Handles the command. */
  R handle(CompleteAssignment command);

  /** Handles the command. */
  R handle(FailAssignment command);

  /** Handles the command. */
  R handle(ReportGas command);

  /** Handles the command. */
  R handle(Deposit command);

  /** Handles the command. */
  R handle(Withdraw command);

  /** Handles the command. */
  R handle(CorrectCharge command);

  /** Handles the command. */
  R handle(MarkSettlementDelivered command);

  /** Handles the command. */
  R handle(AcknowledgeSettlement command);

  /** Handles the command. */
  R handle(TakeOver command);

  /** Handles the command. */
  R handle(Tick command);

  /** Handles the command. */
  R handle(ChangePolicy command);

  /** Handles the command. */
  R handle(CommitRound command);

  /** Handles the command. */
  R handle(KeepHistory command);

  /** Handles the command. */
  R handle(IssueKey command);

  /** Handles the command. */
  R handle(RevokeKey command);

  /** Handles a command about a quote; {@link QuoteCommandHandler} tells them apart. */
  R handle(QuoteCommand command);

  /** Handles the command with its caller. */
  R handle(ActAs command);
}
