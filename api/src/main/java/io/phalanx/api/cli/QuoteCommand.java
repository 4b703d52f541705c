package io.phalanx.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.UnreachableException;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phalanx quote}: a firm price for a deployment. */
@Command(
    name = "quote",
    description = {
      "Asks for a firm price, with miners held for it, from a YAML or JSON file with the fields",
      "of a deployment; or shows, or gives back, one. 'deploy --quote ID' takes it."
    },
    mixinStandardHelpOptions = true)
final class QuoteCommand extends RemoteCommand {
  private static final String QUOTES = "/v1/quotes";

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
      description = "How long it shall stand, such as PT5M; as long as may be, if absent.")
  private @Nullable String validFor;

  @Option(names = "--delete", description = "Gives the quote back.")
  private boolean delete;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Repeat with the same key, and it is asked for once; else a random one.")
  private @Nullable String key;

  @Override
  void run(PhalanxClient client)
      throws BadUsageException, RefusedException, UnreachableException, InterruptedException {
    if ((id == null) == (file == null) || (delete && id == null)) {
      throw new BadUsageException("either --file, or the id of a quote with or without --delete");
    }
    if (file != null) {
      show(client.create(QUOTES, request(file), key == null ? UUID.randomUUID().toString() : key));
    } else if (id != null) {
      String path = QUOTES + "/" + PhalanxClient.segment(id);
      show(delete ? client.delete(path) : client.get(path));
    }
  }

  private JsonNode request(Path from) throws BadUsageException {
    JsonNode request = RequestFile.read(from);
    if (validFor != null && request instanceof ObjectNode fields) {
      fields.put("validFor", validFor);
    }
    return request;
  }
}
