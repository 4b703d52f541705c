package io.phalanx.api.cli;

import io.phalanx.client.Deployment;
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

  @Option(
      names = "--state",
      paramLabel = "STATE",
      completionCandidates = Choices.Deployments.class,
      description = "Only these; several by comma.")
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
      throws BadUsageException, RefusedException, UnreachableException, InterruptedException {
    if (id != null) {
      show(client.deployments().get(id).document());
      return;
    }
    show(
        client.deployments().list(filters(), checkedLimit(limit)).stream()
            .map(Deployment::document)
            .toList(),
        "id",
        "name",
        "state",
        "developer",
        "replicas",
        "spent",
        "createdAt",
        "endReason");
  }

  private Map<String, String> filters() throws BadUsageException {
    new Choices.Deployments().check("--state", state);
    if (label != null && label.indexOf(':') < 1) {
      throw new BadUsageException("--label: must be NAME:VALUE, not " + label);
    }
    Map<String, String> filters = new LinkedHashMap<>();
    if (state != null) {
      filters.put("state", state);
    }
    if (label != null) {
      filters.put("label", label);
    }
    return filters;
  }
}
