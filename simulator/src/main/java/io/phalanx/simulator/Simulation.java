package io.phalanx.simulator;

import io.phalanx.simulator.http.Keyring;
import io.phalanx.simulator.http.ServiceClient;
import io.phalanx.simulator.payout.PayoutEndpoint;
import io.phalanx.simulator.payout.PayoutFaults;
import io.phalanx.simulator.shape.BadCsvException;
import io.phalanx.simulator.shape.DeploymentCsv;
import io.phalanx.simulator.shape.DeploymentSpec;
import io.phalanx.simulator.shape.FleetShape;
import io.phalanx.simulator.shape.MinerCsv;
import io.phalanx.simulator.shape.MinerSpec;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Runs a fleet, its developers and a payout layer against a service, and reports. */
public final class Simulation {
  private Simulation() {}

  /**
   * Runs to the end of the duration and returns a second or so later, plus what the check of the
   * ledger takes.
   *
   * @throws BadCsvException when a file is at fault, before anything is sent
   * @throws UncheckedIOException when a file cannot be read or written
   * @throws IllegalStateException when no service is ready at the address
   */
  public static SimulationReport run(SimulationOptions options) throws InterruptedException {
    if (options.wiring().payoutPort().isEmpty()) {
      return run(options, Optional.empty());
    }
    int port = options.wiring().payoutPort().getAsInt();
    try (PayoutEndpoint payout = PayoutEndpoint.open(port, PayoutFaults.NONE)) {
      return run(options, Optional.of(payout));
    }
  }

  /** The same with a payout endpoint that the caller opened, and closes. */
  public static SimulationReport run(SimulationOptions options, Optional<PayoutEndpoint> payout)
      throws InterruptedException {
    return run(options, payout, new CompletableFuture<>());
  }

  /**
   * The same, ending before the duration is over when {@code stop} completes: cleanly, with a
   * report.
   */
  public static SimulationReport run(
      SimulationOptions options, Optional<PayoutEndpoint> payout, CompletionStage<Void> stop)
      throws InterruptedException {
    List<MinerSpec> miners = miners(options);
    List<DeploymentSpec> deployments = deployments(options);
    Keyring keyring =
        options
            .adminKey()
            .map(key -> Keyring.of(options.baseUrl(), key, options.runId(), Clock.systemUTC()))
            .orElse(Keyring.OPEN);
    ServiceClient.Address address = new ServiceClient.Address(options.baseUrl(), keyring);
    payout.ifPresent(endpoint -> endpoint.acknowledgeTo(address));
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      CompletableFuture<SimulationReport> report = new CompletableFuture<>();
      SimulationRun run =
          new SimulationRun(
              vertx, options, address, payout, new SimulationRun.Listed(miners, deployments));
      vertx.runOnContext(start -> run.start(stop, report));
      return report.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException("the simulation broke: " + cause.getMessage(), cause);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    }
  }

  private static List<MinerSpec> miners(SimulationOptions options) {
    Population population = options.population();
    Optional<Path> file = population.minersFile();
    try {
      return file.isPresent()
          ? MinerCsv.read(file.get())
          : new FleetShape(population.miners(), options.seed()).draw();
    } catch (IOException e) {
      throw new UncheckedIOException("miners file " + file, e);
    }
  }

  private static List<DeploymentSpec> deployments(SimulationOptions options) {
    Population population = options.population();
    Optional<Path> file = population.deploymentsFile();
    try {
      return file.isPresent() ? DeploymentCsv.read(file.get(), population.demand()) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("deployments file " + file, e);
    }
  }
}
