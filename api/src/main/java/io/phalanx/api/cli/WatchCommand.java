package io.phalanx.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.client.Deployment;
import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.ServerEvent;
import io.phalanx.client.UnreachableException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phalanx watch}: what happens, as it happens. */
@Command(
    name = "watch",
    description = "Follows a deployment, or all that you may see, until it is interrupted.",
    mixinStandardHelpOptions = true)
final class WatchCommand extends RemoteCommand {
  @Parameters(arity = "0..1", paramLabel = "ID", description = "The deployment; none for all.")
  private @Nullable String id;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      completionCandidates = Choices.Kinds.class,
      description = "Only these events; several by comma.")
  private @Nullable String kind;

  @Option(
      names = "--until",
      paramLabel = "STATE",
      completionCandidates = Choices.Deployments.class,
      description = "End when the deployment is so; 1 if it ends without.")
  private @Nullable String until;

  @Override
  void run(PhalanxClient client)
      throws BadUsageException,
          NotDoneException,
          RefusedException,
          UnreachableException,
          InterruptedException {
    check();
    String path =
        (id == null ? "/v1/events" : "/v1/deployments/" + PhalanxClient.segment(id) + "/events")
            + (kind == null ? "" : "?kind=" + PhalanxClient.segment(kind));
    boolean[] reached = {false};
    client.stream(
        path,
        event -> {
          tell(event);
          reached[0] |= isNow(event, until);
          return until == null || !(reached[0] || isNow(event, Deployment.ENDED));
        });
    if (!reached[0]) {
      throw new NotDoneException("it has ended and was not seen " + until);
    }
  }

  private void check() throws BadUsageException {
    new Choices.Kinds().check("--kind", kind);
    new Choices.Deployments().check("--until", until);
    if (until != null && id == null) {
      throw new BadUsageException("--until: say which deployment by its ID");
    }
    if (until != null && kind != null && !List.of(kind.split(",", -1)).contains("deployment")) {
      throw new BadUsageException("--until: needs events of the kind deployment");
    }
  }

  private static boolean isNow(ServerEvent event, @Nullable String state) {
    return event.kind().equals("deployment") && event.data().path("state").asText().equals(state);
  }

  private void tell(ServerEvent event) {
    JsonNode data = event.data();
    String name = data.has("id") ? data.path("id").asText() : data.path("minerId").asText();
    String which = name.isEmpty() ? data.path("number").asText() : name;
    say((event.kind() + " " + which + " " + data.path("state").asText()).stripTrailing(), data);
  }
}
