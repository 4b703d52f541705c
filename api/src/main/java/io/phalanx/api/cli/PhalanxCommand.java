package io.phalanx.api.cli;

import io.phalanx.api.demo.AuditCommand;
import io.phalanx.api.demo.DemoCommand;
import io.phalanx.api.demo.SimulateCommand;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code phalanx}: the command that all others are part of. */
@Command(
    name = "phalanx",
    description = "A contract assignment scheduler for confidential dApp tasks.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      KeysCommand.class,
      PlanCommand.class,
      SimulateCommand.class,
      AuditCommand.class,
      RestoreCommand.class,
      AttestCommand.class,
      VerifyReceiptCommand.class,
      DeployCommand.class,
      SchemaCommand.class,
      QuoteCommand.class,
      GetCommand.class,
      ExplainCommand.class,
      WatchCommand.class,
      MinersCommand.class,
      AccountsCommand.class,
      SettlementsCommand.class,
      ReceiptsCommand.class,
      ClusterCommand.class,
      AutoComplete.GenerateCompletion.class,
      CommandLine.HelpCommand.class
    })
public final class PhalanxCommand {

  /** The whole command line; parsing faults end with {@link ExitCode#USAGE}. */
  public static CommandLine commandLine() {
    return new CommandLine(new PhalanxCommand())
        .setExitCodeExceptionMapper(exception -> ExitCode.FAILED)
        .setExecutionExceptionHandler(
            (exception, line, parsed) -> {
              line.getErr().println(line.getCommandName() + ": " + exception);
              return ExitCode.FAILED;
            })
        .setParameterExceptionHandler(
            (exception, arguments) -> {
              CommandLine line = exception.getCommandLine();
              line.getErr().println(exception.getMessage());
              line.usage(line.getErr());
              return ExitCode.USAGE;
            });
  }
}
