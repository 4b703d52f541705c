package io.phalanx.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.client.Explanation;
import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.UnreachableException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/**
 * A subcommand that asks a running service: what goes wrong becomes a sentence and an exit code.
 */
abstract class RemoteCommand implements Callable<Integer> {
  private static final int UNAUTHENTICATED = 401;
  private static final int LONGEST_KEY = 255;
  private static final Pattern MINER = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");

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
      if (e.faults().size() > 1) { // one alone is the message
        e.faults().forEach(fault -> output.err().println("  " + fault));
      }
      if (e.status() == UNAUTHENTICATED) {
        output.err().println("  give an API key by --key-file; 'phalanx keys create' issues one");
      }
      return ExitCode.FAILED;
    } catch (UnreachableException e) {
      output.err().println(e.getMessage());
      output.err().println("  start a service by 'phalanx serve', or name another by --url");
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

  /** How many items a list may have at most. */
  static int checkedLimit(int limit) throws BadUsageException {
    if (limit < 1) {
      throw new BadUsageException("--limit: must be at least 1, not " + limit);
    }
    return limit;
  }

  /** The key of a miner, if one is named. */
  static void checkMiner(String where, @Nullable String miner) throws BadUsageException {
    if (miner != null && !MINER.matcher(miner).matches()) {
      throw new BadUsageException(where + ": must be a miner's key, 64 lower-case hex digits");
    }
  }

  /** The key under which something is created: what was given, or a random one. */
  static String creationKey(@Nullable String given) throws BadUsageException {
    if (given == null) {
      return UUID.randomUUID().toString();
    }
    if (given.length() > LONGEST_KEY || !PRINTABLE.matcher(given).matches()) {
      throw new BadUsageException(
          "--idempotency-key: must be 1 to " + LONGEST_KEY + " printable ASCII characters");
    }
    return given;
  }

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
    note("  " + command);
  }

  /** Writes a sentence for people; programs get nothing. */
  final void note(String sentence) {
    if (!output.isJson()) {
      output.out().println(sentence);
      output.out().flush();
    }
  }

  /** Writes an explanation: for people in a sentence first. */
  final void show(Explanation why) {
    note(ExplanationText.sentence(why));
    note("");
    show(why.document());
  }

  /** Writes a sentence for people; programs get the resource. */
  final void say(String sentence, JsonNode resource) {
    output.out().println(output.isJson() ? resource.toString() : sentence);
    output.out().flush();
  }
}
