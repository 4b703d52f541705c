package io.phalanx.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.UnreachableException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phalanx miners}: the miners. */
@Command(
    name = "miners",
    description =
        "Shows one of the miners, or lists them; gives one no new work, or moves its work.",
    mixinStandardHelpOptions = true)
final class MinersCommand extends RemoteCommand {
  @Parameters(arity = "0..1", paramLabel = "MINER", description = "Which one; none for a list.")
  private @Nullable String which;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      completionCandidates = Choices.Miners.class,
      description = "Only these; several by comma.")
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

  @Option(
      names = "--cordon",
      paramLabel = "REASON",
      description = "Give it no new work from now on, for this reason.")
  private @Nullable String cordon;

  @Option(
      names = "--drain-within",
      paramLabel = "DURATION",
      description = "With --cordon: place its contract elsewhere within so long (PT1H).")
  private @Nullable Duration drainWithin;

  @Option(names = "--uncordon", description = "Give it work again.")
  private boolean uncordon;

  @Override
  void run(PhalanxClient client)
      throws BadUsageException, RefusedException, UnreachableException, InterruptedException {
    check();
    if (which != null) {
      show(one(client, "/v1/miners/" + PhalanxClient.segment(which)));
    } else {
      list(client);
    }
  }

  private void check() throws BadUsageException {
    if (which == null && (cordon != null || uncordon)) {
      throw new BadUsageException("--cordon and --uncordon are about one MINER");
    }
    if (cordon != null && uncordon) {
      throw new BadUsageException("--cordon and --uncordon are opposites");
    }
    if (drainWithin != null && cordon == null) {
      throw new BadUsageException("--drain-within goes with --cordon");
    }
    checkMiner("MINER", which);
    new Choices.Miners().check("--state", state);
    checkedLimit(limit);
  }

  private JsonNode one(PhalanxClient client, String path)
      throws RefusedException, UnreachableException, InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (uncordon) {
      return client.post(path + "/uncordon", body);
    }
    if (cordon == null) {
      return client.get(path);
    }
    body.put("reason", cordon);
    if (drainWithin != null) {
      body.put("drainWithin", drainWithin.toString());
    }
    return client.post(path + "/cordon", body);
  }

  private void list(PhalanxClient client)
      throws RefusedException, UnreachableException, InterruptedException {
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
