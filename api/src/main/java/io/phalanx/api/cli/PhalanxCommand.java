package io.phalanx.api.cli;

import io.phalanx.api.demo.AuditCommand;
import io.phalanx.api.demo.DemoCommand;
import io.phalanx.api.demo.SimulateCommand;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;

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

  private static URI address(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new TypeConversionException("'" + text + "' is no address");
    }
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + text + "' is no ISO 8601 duration, such as PT30S, PT5M or P1D");
    }
  }

  /** What people are told; one without a message is known by its name alone. */
  private static String sentence(Exception fault) {
    String message = fault.getMessage();
    return message == null || message.isBlank() ? fault.getClass().getSimpleName() : message;
  }

  /** The whole command line; parsing faults end with {@link ExitCode#USAGE}. */
  public static CommandLine commandLine() {
    return new CommandLine(new PhalanxCommand())
        .registerConverter(URI.class, PhalanxCommand::address)
        .registerConverter(Duration.class, PhalanxCommand::duration)
        .setExitCodeExceptionMapper(exception -> ExitCode.FAILED)
        .setExecutionExceptionHandler(
            (exception, line, parsed) -> {
              line.getErr().println(line.getCommandName() + ": " + sentence(exception));
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
