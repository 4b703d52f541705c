package io.phalanx.api.demo;

import io.phalanx.api.http.HttpSettings;
import io.phalanx.api.node.NodeRunner;
import io.phalanx.cluster.ConfigLoader;
import io.phalanx.cluster.NodeConfig;
import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.scheduler.engine.StoredAudit;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.PostgresJournal;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.simulator.Simulation;
import io.phalanx.simulator.SimulationReport;
import io.phalanx.simulator.payout.PayoutEndpoint;
import io.phalanx.simulator.payout.PayoutFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A service with an empty store, a payout layer and a simulated world, and the check afterwards.
 */
final class Demo {

  /** Short, so that a newcomer sees settlements within seconds. */
  private static final String SETTLEMENT_PERIOD = "PT3S";

  private final SimulationFlags flags;
  private final int port;
  private final String auth;
  private final ClusterFlags cluster;
  private final @Nullable Path keep;
  private final Consumer<String> lines;

  /**
   * A demo that has not begun.
   *
   * @param keep where its store stays; none for a folder that is deleted afterwards
   */
  Demo(
      SimulationFlags flags,
      int port,
      String auth,
      ClusterFlags cluster,
      @Nullable Path keep,
      Consumer<String> lines) {
    this.keep = keep;
    this.flags = flags;
    this.port = port;
    this.auth = auth;
    this.cluster = cluster;
    this.lines = lines;
  }

  DemoSummary run() throws InterruptedException {
    Path kept = keep;
    if (kept != null) {
      return run(kept);
    }
    Path folder = temporaryFolder();
    try {
      return cluster.nodes > 1 ? runCluster(folder) : run(folder);
    } finally {
      delete(folder);
    }
  }

  private DemoSummary run(Path folder) throws InterruptedException {
    PayoutFaults faults = PayoutFaults.some(flags.seed);
    try (PayoutEndpoint payout = PayoutEndpoint.open(0, faults)) {
      NodeConfig config = config(folder, payout.url());
      SimulationReport report;
      try (NodeRunner node =
          NodeRunner.start(
              config,
              new NodeRunner.Surroundings(
                      InstantSource.system(), new SplittableRandom(), HttpSettings.DEFAULT)
                  .trustingDeclared())) {
        lines.accept("Phalanx is ready at " + node.url() + "; store in " + folder);
        report =
            Simulation.run(
                flags
                    .options(URI.create(node.url()), "demo", OptionalInt.empty(), lines)
                    .withAdminKey(node.adminKey()),
                Optional.of(payout));
      }
      return new DemoSummary(report, audit(config), Optional.empty());
    }
  }

  /** Drives a node that does not lead, and half way through kills the one that does. */
  private DemoSummary runCluster(Path folder) throws InterruptedException {
    PayoutFaults faults = PayoutFaults.some(flags.seed);
    try (PayoutEndpoint payout = PayoutEndpoint.open(0, faults);
        DemoCluster nodes = start(folder, payout.url())) {
      URI driven = nodes.follower();
      lines.accept(cluster.nodes + " nodes are ready; " + driven + " is driven; logs in " + folder);
      AtomicReference<String> killed = new AtomicReference<>();
      Thread fault = new Thread(() -> killHalfWay(nodes, driven, killed), "demo-fault");
      fault.setDaemon(true);
      if (cluster.killLeader) {
        fault.start();
      }
      SimulationReport report =
          Simulation.run(
              flags
                  .options(driven, "demo", OptionalInt.empty(), lines)
                  .withAdminKey(nodes.adminKey()),
              Optional.of(payout));
      fault.join();
      nodes.stopNodes();
      try (Journal journal =
          PostgresJournal.open(new PostgresServer(nodes.store(), nodes.cell()))) {
        return new DemoSummary(report, StoredAudit.of(journal), Optional.ofNullable(killed.get()));
      }
    }
  }

  private DemoCluster start(Path folder, URI payout) throws InterruptedException {
    String settings =
        "payout:\n  url: \"%s\"\nsettlement-period: %s".formatted(payout, SETTLEMENT_PERIOD);
    DemoCluster.Shape shape = new DemoCluster.Shape(settings, auth.equals("keys"));
    return DemoCluster.start(folder, cluster.store, cluster.nodes, shape, new SplittableRandom());
  }

  private void killHalfWay(DemoCluster nodes, URI driven, AtomicReference<String> killed) {
    try {
      nodes.awaitDeployment(driven);
      Thread.sleep(flags.duration.dividedBy(2).toMillis());
      killed.set(nodes.killLeader());
      lines.accept("killed the leader, " + killed.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private NodeConfig config(Path folder, URI payout) {
    return new ConfigLoader(
            Map.of(),
            Map.of(
                "listen.port", String.valueOf(port),
                "auth", auth,
                "data", folder.toString(),
                "payout.url", payout.toString(),
                "settlement-period", SETTLEMENT_PERIOD))
        .load();
  }

  private static AuditReport audit(NodeConfig config) {
    try (Journal journal = SqliteJournal.open(config.data(), config.cell())) {
      return StoredAudit.of(journal);
    }
  }

  /** Whether a store can be put there. */
  static boolean isFree(Path folder) {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> there = Files.list(folder)) {
      return there.findAny().isEmpty();
    } catch (IOException e) {
      return false; // no folder, or none of ours
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("phalanx-demo-");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder for the demo's store", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's folder stays: " + folder, e);
    }
  }
}
