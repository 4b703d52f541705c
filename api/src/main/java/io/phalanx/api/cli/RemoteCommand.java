package io.phalanx.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.UnreachableException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/**
 * A subcommand that asks a running service: what goes wrong becomes a sentence and an exit code.
 */
abstract class RemoteCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();
  @Mixin private Remote remote = new Remote();

  @Override
  public final Integer call() throws InterruptedException {
    try {
      run(remote.client());
      return ExitCode.DONE;
    } catch (BadUsageException e) {
      output.err().println(e.getMessage());
      return ExitCode.USAGE;
    } catch (NotDoneException e) {
      output.err().println(e.getMessage());
      return ExitCode.FAILED;
    } catch (RefusedException e) {
      output.err().println(e.getMessage());
      e.faults().forEach(fault -> output.err().println("  " + fault));
      return ExitCode.FAILED;
    } catch (UnreachableException e) {
      output.err().println(e.getMessage());
      return ExitCode.FAILED;
    }
  }

  /** Does it; ends 0 when it returns. */
  abstract void run(PhalanxClient client)
      throws BadUsageException,
          NotDoneException,
          RefusedException,
          UnreachableException,
          InterruptedException;

  /** Writes one resource: for people as a table of its fields. */
  final void show(JsonNode resource) {
    output.out().println(output.isJson() ? resource.toString() : TextTable.fields(resource));
    output.out().flush();
  }

  /** Writes a list: a JSON line for each item, or a table of some fields. */
  final void show(List<JsonNode> items, String... fields) {
    if (output.isJson()) {
      items.forEach(item -> output.out().println(item.toString()));
    } else {
      output.out().println(TextTable.rows(items, List.of(fields)));
    }
    output.out().flush();
  }

  /** Writes what people may do next; programs get nothing. */
  final void hint(String command) {
    if (!output.isJson()) {
      output.out().println("  " + command);
      output.out().flush();
    }
  }

  /** Writes a sentence for people; programs get the resource. */
  final void say(String sentence, JsonNode resource) {
    output.out().println(output.isJson() ? resource.toString() : sentence);
    output.out().flush();
  }
}
