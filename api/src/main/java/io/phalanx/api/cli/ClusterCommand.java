package io.phalanx.api.cli;

import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.UnreachableException;
import picocli.CommandLine.Command;

/** {@code phalanx cluster}: who is there, and who leads. */
@Command(
    name = "cluster",
    description = "Shows the nodes of the service and which one leads.",
    mixinStandardHelpOptions = true)
final class ClusterCommand extends RemoteCommand {
  @Override
  void run(PhalanxClient client)
      throws RefusedException, UnreachableException, InterruptedException {
    show(client.get("/v1/cluster"));
  }
}
