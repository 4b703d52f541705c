package io.phalanx.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.ServerEvent;
import io.phalanx.client.UnreachableException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code phalanx deploy}: a deployment from a file. */
@Command(
    name = "deploy",
    description = {
      "Creates a deployment from a YAML or JSON file with the fields of the request,",
      "or takes a quote."
    },
    mixinStandardHelpOptions = true)
final class DeployCommand extends RemoteCommand {
  private static final Set<String> SETTLED = Set.of("Running", "Ended");
  private static final String DEPLOYMENTS = "/v1/deployments";

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The request; YAML reads JSON as well.")
  private @Nullable Path file;

  @Option(
      names = "--quote",
      paramLabel = "QUOTE",
      description = "Instead of a file: takes this quote, on its terms.")
  private @Nullable String quote;

  @Option(names = "--name", paramLabel = "NAME", description = "Of what a quote is taken for.")
  private @Nullable String name;

  @Option(names = "--dry-run", description = "Only explain what it would get; keep nothing.")
  private boolean dryRun;

  @Option(names = "--watch", description = "Follow it until it runs or has ended.")
  private boolean watch;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Repeat with the same key, and it is created once; else a random one.")
  private @Nullable String key;

  @Override
  void run(PhalanxClient client)
      throws BadUsageException, RefusedException, UnreachableException, InterruptedException {
    JsonNode request = request();
    if (dryRun) {
      show(client.post(DEPLOYMENTS + "?dryRun=true", request));
      return;
    }
    JsonNode made =
        client.create(DEPLOYMENTS, request, key == null ? UUID.randomUUID().toString() : key);
    tell(made);
    if (watch) {
      String path = DEPLOYMENTS + "/" + PhalanxClient.segment(made.path("id").asText());
      client.follow(path + "/events?kind=deployment", Optional.empty(), this::isToGoOn);
    }
  }

  private boolean isToGoOn(ServerEvent event) {
    tell(event.data());
    return !SETTLED.contains(event.data().path("state").asText());
  }

  private void tell(JsonNode deployment) {
    String reason = deployment.path("endReason").asText("");
    say(
        deployment.path("id").asText()
            + " is "
            + deployment.path("state").asText()
            + (reason.isEmpty() || reason.equals("null") ? "" : " (" + reason + ")"),
        deployment);
  }

  private JsonNode request() throws BadUsageException {
    if ((file == null) == (quote == null) || (name != null && quote == null)) {
      throw new BadUsageException("either --file, or --quote with or without --name");
    }
    if (file != null) {
      return RequestFile.read(file);
    }
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("quote", quote);
    return name == null ? request : request.put("name", name);
  }
}
