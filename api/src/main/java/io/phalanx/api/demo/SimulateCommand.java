package io.phalanx.api.demo;

import io.phalanx.api.cli.KeyFlags;
import io.phalanx.simulator.Simulation;
import io.phalanx.simulator.SimulationReport;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the simulated fleet alone, against a service that runs somewhere on this machine. */
@Command(
    name = "simulate",
    description = "Drives a running service with simulated miners and developers, over HTTP.",
    mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {

  private static final int HIGHEST_PORT = 65_535;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:PHALANX_URL:-http://127.0.0.1:8080}",
      description = "the service (${DEFAULT-VALUE}; PHALANX_URL)")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Option(
      names = "--payout-port",
      paramLabel = "N",
      description = "also run a payout endpoint on this port; the service must be told of it")
  private @Nullable Integer payoutPort;

  @Mixin private KeyFlags keys = new KeyFlags();

  @Mixin private SimulationFlags flags = new SimulationFlags();

  @Override
  public Integer call() throws InterruptedException {
    CommandSpec known = spec;
    if (known == null) {
      throw new IllegalStateException("picocli has set no spec");
    }
    PrintWriter out = known.commandLine().getOut();
    PrintWriter err = known.commandLine().getErr();
    List<String> faults = new ArrayList<>(flags.faults());
    faults.addAll(keys.faults());
    if (url.getHost() == null) {
      faults.add("--url: no http or https address: " + url);
    }
    if (payoutPort != null && (payoutPort < 0 || payoutPort > HIGHEST_PORT)) {
      faults.add("--payout-port: must be 0 to " + HIGHEST_PORT + ", not " + payoutPort);
    }
    if (!faults.isEmpty()) {
      faults.forEach(known.commandLine().getErr()::println);
      return 2;
    }
    OptionalInt port = payoutPort == null ? OptionalInt.empty() : OptionalInt.of(payoutPort);
    String runId = "sim-" + Long.toString(System.currentTimeMillis(), 36);
    SimulationReport report =
        Simulation.run(
            flags
                .options(url, runId, port, flags.json ? err::println : out::println)
                .withAdminKey(keys.key()));
    out.println(flags.json ? report.toJson() : DemoSummary.sentence(report));
    return report.ledger().holds() ? 0 : 1;
  }
}
