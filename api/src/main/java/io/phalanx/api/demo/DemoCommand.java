package io.phalanx.api.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole service at work on this machine, with nothing to prepare. */
@Command(
    name = "demo",
    description = {
      "Starts the service with an empty store in a temporary folder and drives it over HTTP with"
          + " simulated miners, developers and a payout endpoint; then checks the whole journal.",
      "Exit code 0: nothing acknowledged is missing and no invariant is broken."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  private static final int HIGHEST_PORT = 65_535;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "the port to listen on; 0 takes any free one (${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--auth",
      paramLabel = "MODE",
      defaultValue = "open",
      description = "open, or keys: then everybody has a key and miners sign (${DEFAULT-VALUE})")
  private String auth = "open";

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "put the store there, which must be absent or empty, and leave it there")
  private @Nullable Path keep;

  @Mixin private ClusterFlags cluster = new ClusterFlags();

  @Mixin private SimulationFlags flags = new SimulationFlags();

  @Override
  public Integer call() throws InterruptedException {
    CommandSpec known = spec;
    if (known == null) {
      throw new IllegalStateException("picocli has set no spec");
    }
    PrintWriter out = known.commandLine().getOut();
    PrintWriter lines = flags.json ? known.commandLine().getErr() : out;
    List<String> faults = new ArrayList<>(flags.faults());
    if (!auth.equals("open") && !auth.equals("keys")) {
      faults.add("--auth: must be open or keys, not " + auth);
    }
    if (port < 0 || port > HIGHEST_PORT) {
      faults.add("--port: must be 0 to " + HIGHEST_PORT + ", not " + port);
    }
    if (keep != null && cluster.nodes > 1) {
      faults.add("--keep: is for a demo of one node");
    } else if (keep != null && !Demo.isFree(keep)) {
      faults.add("--keep: there is something in " + keep);
    }
    faults.addAll(cluster.faults());
    if (!faults.isEmpty()) {
      faults.forEach(known.commandLine().getErr()::println);
      return 2;
    }
    DemoSummary summary =
        new Demo(
                flags,
                port,
                auth,
                cluster,
                keep,
                line -> {
                  lines.println(line);
                  lines.flush();
                })
            .run();
    out.println(flags.json ? summary.toJson() : summary.toText());
    out.flush();
    return summary.isGood() ? 0 : 1;
  }
}
