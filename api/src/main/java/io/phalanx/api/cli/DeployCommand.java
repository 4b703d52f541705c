package io.phalanx.api.cli;

import io.phalanx.client.Deployment;
import io.phalanx.client.PhalanxClient;
import io.phalanx.client.RefusedException;
import io.phalanx.client.UnreachableException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code phalanx deploy}: a deployment from a file. */
@Command(
    name = "deploy",
    description = {
      "Creates a deployment from a YAML or JSON file with the fields of the request,",
      "or takes a quote."
    },
    mixinStandardHelpOptions = true)
final class DeployCommand extends RemoteCommand {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The request; YAML reads JSON as well.")
  private @Nullable Path file;

  @Option(
      names = "--quote",
      paramLabel = "QUOTE",
      description = "Instead of a file: takes this quote, on its terms.")
  private @Nullable String quote;

  @Option(names = "--name", paramLabel = "NAME", description = "Of what a quote is taken for.")
  private @Nullable String name;

  @Option(names = "--dry-run", description = "Only explain what it would get; keep nothing.")
  private boolean dryRun;

  @Option(names = "--watch", description = "Follow it until it runs; 1 if it ends before.")
  private boolean watch;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Repeat with the same key, and it is created once; else a random one.")
  private @Nullable String key;

  @Override
  void run(PhalanxClient client)
      throws BadUsageException,
          NotDoneException,
          RefusedException,
          UnreachableException,
          InterruptedException {
    check();
    if (file != null && dryRun) {
      show(client.deployments().dryRun(RequestFile.read(file)));
      return;
    }
    Deployment made = create(client);
    tell(made);
    if (watch) {
      follow(client, made.id());
    }
  }

  private void check() throws BadUsageException {
    if (file == null && quote == null) {
      throw new BadUsageException(
          "say what to run by --file FILE ('phalanx schema' has its fields), or by --quote ID");
    }
    if (file != null && quote != null) {
      throw new BadUsageException("--file and --quote: one of them says what to run");
    }
    if (name != null && quote == null) {
      throw new BadUsageException("--name goes with --quote; a file has a name of its own");
    }
    if (dryRun && (quote != null || watch)) {
      throw new BadUsageException("--dry-run goes with --file alone: nothing comes of it");
    }
  }

  private Deployment create(PhalanxClient client)
      throws BadUsageException, RefusedException, UnreachableException, InterruptedException {
    if (quote != null) {
      return client.quotes().redeem(quote, Optional.ofNullable(name), creationKey(key));
    }
    if (file == null) {
      throw new IllegalStateException("checked before");
    }
    return client.deployments().create(RequestFile.read(file), creationKey(key));
  }

  private void follow(PhalanxClient client, String id)
      throws NotDoneException, RefusedException, UnreachableException, InterruptedException {
    Deployment[] last = new Deployment[1];
    client
        .deployments()
        .follow(
            id,
            deployment -> {
              tell(deployment);
              last[0] = deployment;
              return !deployment.state().equals("Running");
            });
    if (last[0].hasEnded() && !"Completed".equals(last[0].endReason())) {
      throw new NotDoneException("it did not come to run; phalanx explain " + id + " says more");
    }
  }

  private void tell(Deployment deployment) {
    String reason = deployment.endReason();
    say(
        deployment.id() + " is " + deployment.state() + (reason == null ? "" : " (" + reason + ")"),
        deployment.document());
  }
}
