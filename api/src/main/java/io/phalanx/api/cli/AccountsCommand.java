package io.phalanx.api.cli;

import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.UnreachableException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phalanx accounts}: the books of a developer. */
@Command(
    name = "accounts",
    description = "Shows the balance of a developer, or the movements of it.",
    mixinStandardHelpOptions = true)
final class AccountsCommand extends RemoteCommand {
  @Parameters(paramLabel = "DEVELOPER", description = "Whose account.")
  private String developer = "";

  @Option(names = "--entries", description = "Its movements, the newest first.")
  private boolean entries;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many entries (${DEFAULT-VALUE}).")
  private int limit;

  @Override
  void run(PhalanxClient client)
      throws BadUsageException, RefusedException, UnreachableException, InterruptedException {
    String path = "/v1/accounts/" + PhalanxClient.segment(developer);
    if (entries) {
      show(
          client.list(path + "/entries", Map.of(), checkedLimit(limit)),
          "time",
          "kind",
          "amount",
          "balance",
          "deploymentId",
          "reference");
    } else {
      show(client.get(path));
    }
  }
}
