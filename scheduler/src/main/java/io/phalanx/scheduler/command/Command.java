package io.phalanx.scheduler.command;

/** What somebody, or the service itself, asks the writer to do. */
public sealed interface Command
    permits AccessCommand,
        AccountCommand,
        ActAs,
        AssignmentCommand,
        DeploymentCommand,
        MinerCommand,
        QuoteCommand,
        SettlementCommand,
        SystemCommand {

  /** Hands the command to the method that is for its type. */
  <R> R accept(CommandHandler<R> handler);
}
