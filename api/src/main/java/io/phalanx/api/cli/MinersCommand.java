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

/** {@code phalanx miners}: the miners. */
@Command(
    name = "miners",
    description = "Shows one of the miners, or lists them.",
    mixinStandardHelpOptions = true)
final class MinersCommand extends RemoteCommand {
  @Parameters(arity = "0..1", paramLabel = "MINER", description = "Which one; none for a list.")
  private @Nullable String which;

  @Option(names = "--state", paramLabel = "STATE", description = "Only these; several by comma.")
  private @Nullable String state;

  @Option(names = "--tier", paramLabel = "TIER", description = "Only these; several by comma.")
  private @Nullable String tier;

  @Option(
      names = "--operator",
      paramLabel = "OPERATOR",
      description = "Only these; several by comma.")
  private @Nullable String operator;

  @Option(names = "--region", paramLabel = "REGION", description = "Only these; several by comma.")
  private @Nullable String region;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many (${DEFAULT-VALUE}).")
  private int limit;

  @Override
  void run(PhalanxClient client)
      throws RefusedException, UnreachableException, InterruptedException {
    if (which != null) {
      show(client.get("/v1/miners/" + PhalanxClient.segment(which)));
      return;
    }
    Map<String, String> query = new LinkedHashMap<>();
    if (state != null) {
      query.put("state", state);
    }
    if (tier != null) {
      query.put("tier", tier);
    }
    if (operator != null) {
      query.put("operator", operator);
    }
    if (region != null) {
      query.put("region", region);
    }
    show(
        client.list("/v1/miners", query, limit),
        "minerId",
        "state",
        "tier",
        "performance",
        "gasPrice",
        "operator",
        "region",
        "responsive");
  }
}
