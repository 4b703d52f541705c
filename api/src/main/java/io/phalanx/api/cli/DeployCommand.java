package io.phalanx.api.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.ServerEvent;
import io.phalanx.client.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
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
    description = "Creates a deployment from a YAML or JSON file with the fields of the request.",
    mixinStandardHelpOptions = true)
final class DeployCommand extends RemoteCommand {
  private static final int MOST_BYTES = 64 * 1024;
  private static final Set<String> SETTLED = Set.of("Running", "Ended");
  private static final String DEPLOYMENTS = "/v1/deployments";

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "The request; YAML reads JSON as well.")
  private Path file = Path.of("deployment.yaml");

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
    JsonNode request = read();
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

  private JsonNode read() throws BadUsageException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new BadUsageException("--file: more than " + MOST_BYTES + " bytes: " + file);
      }
      JsonNode request =
          new ObjectMapper(
                  YAMLFactory.builder()
                      .enable(
                          com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                      .build())
              .configure(JsonParser.Feature.ALLOW_COMMENTS, true)
              .readTree(Files.readAllBytes(file));
      if (request == null || !request.isObject()) {
        throw new BadUsageException("--file: not one document with fields: " + file);
      }
      ((ObjectNode) request).remove("$schema"); // for editors only
      return request;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new BadUsageException("--file: " + file + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadUsageException("--file: cannot be read: " + file);
    }
  }
}
