package io.phalanx.api.cli;

import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.UnreachableException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phalanx get}: deployments. */
@Command(
    name = "get",
    description = "Shows a deployment, or lists those you may see.",
    mixinStandardHelpOptions = true)
final class GetCommand extends RemoteCommand {
  @Parameters(arity = "0..1", paramLabel = "ID", description = "The deployment; none for a list.")
  private @Nullable String id;

  @Option(names = "--state", paramLabel = "STATE", description = "Only these; several by comma.")
  private @Nullable String state;

  @Option(names = "--label", paramLabel = "NAME:VALUE", description = "Only with this label.")
  private @Nullable String label;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many, the newest first (${DEFAULT-VALUE}).")
  private int limit;

  @Override
  void run(PhalanxClient client)
      throws RefusedException, UnreachableException, InterruptedException {
    if (id != null) {
      show(client.get("/v1/deployments/" + PhalanxClient.segment(id)));
      return;
    }
    Map<String, String> query = new LinkedHashMap<>();
    if (state != null) {
      query.put("state", state);
    }
    if (label != null) {
      query.put("label", label);
    }
    show(
        client.list("/v1/deployments", query, limit),
        "id",
        "name",
        "state",
        "developer",
        "replicas",
        "spent",
        "createdAt",
        "endReason");
  }
}
