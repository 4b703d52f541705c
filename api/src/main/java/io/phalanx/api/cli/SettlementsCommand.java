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

/** {@code phalanx settlements}: the closed periods. */
@Command(
    name = "settlements",
    description = "Shows one of the settlements, or lists them.",
    mixinStandardHelpOptions = true)
final class SettlementsCommand extends RemoteCommand {
  @Parameters(arity = "0..1", paramLabel = "NUMBER", description = "Which one; none for a list.")
  private @Nullable Long which;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      completionCandidates = Choices.Settlements.class,
      description = "Only these; several by comma.")
  private @Nullable String state;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many (${DEFAULT-VALUE}).")
  private int limit;

  @Override
  void run(PhalanxClient client)
      throws BadUsageException, RefusedException, UnreachableException, InterruptedException {
    if (which != null) {
      show(client.get("/v1/settlements/" + which));
      return;
    }
    new Choices.Settlements().check("--state", state);
    Map<String, String> query = new LinkedHashMap<>();
    if (state != null) {
      query.put("state", state);
    }
    show(
        client.list("/v1/settlements", query, checkedLimit(limit)),
        "number",
        "state",
        "from",
        "to",
        "total");
  }
}
