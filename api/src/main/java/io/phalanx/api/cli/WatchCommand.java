package io.phalanx.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.ServerEvent;
import io.phalanx.client.UnreachableException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
  private static final long PAUSE_MS = 1000;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "The deployment; none for all.")
  private @Nullable String id;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only these events; several by comma.")
  private @Nullable String kind;

  @Option(names = "--until", paramLabel = "STATE", description = "End when the deployment is so.")
  private @Nullable String until;

  @Override
  void run(PhalanxClient client)
      throws RefusedException, UnreachableException, InterruptedException {
    String path =
        (id == null ? "/v1/events" : "/v1/deployments/" + PhalanxClient.segment(id) + "/events")
            + (kind == null ? "" : "?kind=" + PhalanxClient.segment(kind));
    Optional<String> after = Optional.empty();
    boolean[] reached = {false};
    while (!reached[0]) {
      String last =
          client.follow(
              path,
              after,
              event -> {
                tell(event);
                reached[0] = isReached(event);
                return !reached[0];
              });
      after = last.isEmpty() ? Optional.empty() : Optional.of(last);
      if (!reached[0]) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS); // the service ended the stream: go on after it
      }
    }
  }

  private boolean isReached(ServerEvent event) {
    return event.kind().equals("deployment") && event.data().path("state").asText().equals(until);
  }

  private void tell(ServerEvent event) {
    JsonNode data = event.data();
    String name = data.has("id") ? data.path("id").asText() : data.path("minerId").asText();
    String which = name.isEmpty() ? data.path("number").asText() : name;
    say(event.kind() + " " + which + " " + data.path("state").asText(), data);
  }
}
