package io.phalanx.api.cli;

import io.phalanx.client.PhalanxClient;
import io.phalanx.client.Quote;
import io.phalanx.client.Quotes;
import io.phalanx.client.RefusedException;
import io.phalanx.client.UnreachableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phalanx quote}: a firm price for a deployment. */
@Command(
    name = "quote",
    description = {
      "Asks for a firm price, with miners held for it, from a YAML or JSON file with the fields",
      "of a deployment; or shows, or gives back, one; or lists them. 'deploy --quote ID' takes it."
    },
    mixinStandardHelpOptions = true)
final class QuoteCommand extends RemoteCommand {
  @Parameters(arity = "0..1", paramLabel = "ID", description = "Shows this quote.")
  private @Nullable String id;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The request; YAML reads JSON as well.")
  private @Nullable Path file;

  @Option(
      names = "--valid-for",
      paramLabel = "DURATION",
      description = "With --file: how long it shall stand, such as PT5M; else as long as may be.")
  private @Nullable Duration validFor;

  @Option(names = "--delete", description = "Gives the quote back.")
  private boolean delete;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Repeat with the same key, and it is asked for once; else a random one.")
  private @Nullable String key;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      completionCandidates = Choices.Quotes.class,
      description = "In a list, only these; several by comma.")
  private @Nullable String state;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many in a list, the newest first (${DEFAULT-VALUE}).")
  private int limit;

  @Override
  void run(PhalanxClient client)
      throws BadUsageException, RefusedException, UnreachableException, InterruptedException {
    check();
    Quotes quotes = client.quotes();
    if (file != null) {
      Quote asked =
          quotes.ask(RequestFile.read(file), Optional.ofNullable(validFor), creationKey(key));
      show(asked.document());
      hint("take it until " + asked.expiresAt() + " with: phalanx deploy --quote " + asked.id());
    } else if (id != null) {
      show((delete ? quotes.withdraw(id) : quotes.get(id)).document());
    } else {
      show(
          quotes
              .list(state == null ? Map.of() : Map.of("state", state), checkedLimit(limit))
              .stream()
              .map(Quote::document)
              .toList(),
          "id",
          "state",
          "developer",
          "createdAt",
          "expiresAt");
    }
  }

  private void check() throws BadUsageException {
    if (id != null && file != null) {
      throw new BadUsageException("--file asks for a new quote, an ID shows one: not both");
    }
    if (delete && id == null) {
      throw new BadUsageException("--delete: say which quote by its ID");
    }
    if ((validFor != null || key != null) && file == null) {
      throw new BadUsageException("--valid-for and --idempotency-key go with --file");
    }
    new Choices.Quotes().check("--state", state);
  }
}
