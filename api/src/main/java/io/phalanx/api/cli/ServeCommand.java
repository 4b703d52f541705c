package io.phalanx.api.cli;

import io.phalanx.api.http.HttpSettings;
import io.phalanx.api.node.NodeRunner;
import io.phalanx.cluster.ConfigFaultException;
import io.phalanx.cluster.ConfigLoader;
import io.phalanx.cluster.NodeConfig;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.UnknownEventException;
import io.phalanx.scheduler.history.HistoryFailedException;
import io.phalanx.scheduler.journal.JournalException;
import io.phalanx.scheduler.snapshot.SnapshotFailedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code phalanx serve}: a node until it is told to stop. */
@Command(
    name = "serve",
    description =
        "Runs a node. With nothing given: the embedded store under ./data, loopback port 8080,"
            + " open mode.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final long FAILURE_CHECK_MS = 500;

  @Mixin private Output output = new Output();

  @Option(names = "--config", paramLabel = "FILE", description = "YAML configuration file.")
  private @Nullable Path config;

  @Option(names = "--port", paramLabel = "N", description = "Port to listen on; 0 for any.")
  private @Nullable Integer port;

  @Option(names = "--data", paramLabel = "DIR", description = "Folder of the embedded store.")
  private @Nullable Path data;

  @Option(names = "--store", paramLabel = "JDBC-URL", description = "Store of the journal.")
  private @Nullable String store;

  @Option(names = "--auth", paramLabel = "MODE", description = "open or keys.")
  private @Nullable String auth;

  @Option(names = "--payout", paramLabel = "URL", description = "Where settlements are posted.")
  private @Nullable String payout;

  @Option(
      names = "--settlement-period",
      paramLabel = "DURATION",
      description = "Length of a settlement's period, such as PT10M.")
  private @Nullable String settlementPeriod;

  @Option(names = "--benchmark-echo", hidden = true, description = "Serve POST /benchmark/echo.")
  private boolean benchmarkEcho;

  @Option(
      names = "--trust-declared",
      hidden = true,
      description = "Believe what miners say of themselves: for simulated ones.")
  private boolean trustDeclared;

  @Override
  public Integer call() throws InterruptedException {
    NodeConfig loaded;
    try {
      loaded = load();
    } catch (ConfigFaultException wrong) {
      wrong.faults().forEach(output.err()::println);
      return ExitCode.USAGE;
    }
    try {
      return serve(loaded);
    } catch (ConfigFaultException wrong) {
      wrong.faults().forEach(output.err()::println);
      return ExitCode.USAGE;
    } catch (JournalException
        | CorruptStateException
        | HistoryFailedException
        | SnapshotFailedException unusable) {
      output.err().println(unusable.getMessage());
      return ExitCode.FAILED;
    }
  }

  private int serve(NodeConfig loaded) throws InterruptedException {
    HttpSettings settings = HttpSettings.DEFAULT.withBenchmarkEcho(benchmarkEcho);
    NodeRunner.Surroundings usual =
        new NodeRunner.Surroundings(InstantSource.system(), new SplittableRandom(), settings);
    NodeRunner node = NodeRunner.start(loaded, trustDeclared ? usual.trustingDeclared() : usual);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread stop =
        new Thread(
            () -> {
              node.close();
              stopped.countDown();
            },
            "phalanx-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    announce(node, loaded);
    while (!stopped.await(FAILURE_CHECK_MS, TimeUnit.MILLISECONDS)) {
      Optional<RuntimeException> failure = node.failure();
      if (failure.isPresent() && !(failure.get() instanceof UnknownEventException)) {
        output.err().println(failure.get().getMessage());
        return ExitCode.FAILED; // the hook above closes what is left
      } // what only a newer version understands does not go away by a restart: it is not ready
    }
    return ExitCode.DONE;
  }

  private void announce(NodeRunner node, NodeConfig loaded) {
    PrintWriter out = output.out();
    node.adminKey()
        .ifPresent(
            key ->
                out.println(
                    output.isJson()
                        ? "{\"event\":\"admin-key\",\"key\":\"" + key + "\"}"
                        : "The admin key, shown this once: " + key));
    if (output.isJson()) {
      out.println("{\"event\":\"ready\",\"url\":\"" + node.url() + "\"}");
    } else {
      String mode = loaded.auth() == NodeConfig.Auth.OPEN ? "open mode" : "keys";
      out.println("Phalanx is ready at " + node.url() + " (" + mode + ")");
    }
    out.flush();
  }

  private NodeConfig load() {
    Map<String, String> overrides = new HashMap<>();
    put(overrides, "listen.port", port);
    put(overrides, "data", data);
    put(overrides, "store", store);
    put(overrides, "auth", auth);
    put(overrides, "payout.url", payout);
    put(overrides, "settlement-period", settlementPeriod);
    ConfigLoader loader = new ConfigLoader(System.getenv(), overrides);
    return config == null ? loader.load() : loader.load(config);
  }

  private static void put(Map<String, String> overrides, String key, @Nullable Object value) {
    if (value != null) {
      overrides.put(key, value.toString());
    }
  }
}
