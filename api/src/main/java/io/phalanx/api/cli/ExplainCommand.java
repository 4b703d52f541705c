package io.phalanx.api.cli;

import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.UnreachableException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phalanx explain}: why a deployment is where it is. */
@Command(
    name = "explain",
    description = "Says why a deployment is where it is, and what would change it.",
    mixinStandardHelpOptions = true)
final class ExplainCommand extends RemoteCommand {
  @Parameters(paramLabel = "ID", description = "The deployment.")
  private String id = "";

  @Option(names = "--miner", paramLabel = "MINER", description = "Why (not) this miner.")
  private @Nullable String miner;

  @Override
  void run(PhalanxClient client)
      throws BadUsageException, RefusedException, UnreachableException, InterruptedException {
    checkMiner("--miner", miner);
    show(client.deployments().explain(id, Optional.ofNullable(miner)));
  }
}
