package io.phalanx.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.simulator.fake.FakeService;
import io.phalanx.simulator.fake.Fault;
import io.phalanx.simulator.fleet.Behaviour;
import io.phalanx.simulator.shape.BadCsvException;
import io.phalanx.simulator.shape.DemandShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {
  private final FakeService service = new FakeService();

  @AfterEach
  void close() {
    service.close();
  }

  private SimulationOptions options() {
    DemandShape demand = DemandShape.mixed(7, 100, Duration.ofMillis(300));
    return SimulationOptions.of(service.url(), 7, "t")
        .with(new Population(Optional.empty(), Optional.empty(), 200, 3, demand))
        .with(new Pace(Duration.ofSeconds(60), Duration.ZERO, 1, Duration.ofMillis(50)))
        .with(Behaviour.FAULTLESS);
  }

  /** Long enough, on a machine of any speed, for miners to have completed some more work. */
  private SimulationReport run(SimulationOptions options) throws InterruptedException {
    return run(options, 40);
  }

  private SimulationReport run(SimulationOptions options, int completions)
      throws InterruptedException {
    CompletableFuture<Void> enough = new CompletableFuture<>();
    int before = service.completed();
    SimulationOptions watched =
        options.with(
            line -> {
              options.lines().accept(line);
              if (service.completed() >= before + completions) {
                enough.complete(null);
              }
            });
    return Simulation.run(watched, Optional.empty(), enough);
  }

  private static Function<String, Fault> everythingNowAndThen(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return request -> {
      double fate = random.nextDouble();
      if (request.startsWith("GET")) {
        return Fault.NONE;
      }
      return fate < 0.03
          ? Fault.UNAVAILABLE
          : fate < 0.06
              ? Fault.DONE_BUT_TIMED_OUT
              : fate < 0.08 ? Fault.DONE_BUT_RESET : Fault.NONE;
    };
  }

  @Nested
  class Run {
    @Test
    void drivesDeploymentsToCompletionAsTheContractAsks() throws Exception {
      List<String> lines = new CopyOnWriteArrayList<>();
      SimulationReport report = run(options().with(lines::add));
      assertThat(service.violations()).isEmpty();
      assertThat(report.deployments()).isGreaterThan(20).isEqualTo(service.deployments());
      assertThat(report.deploymentsPlaced()).isPositive();
      assertThat(report.ended()).containsOnlyKeys("Completed");
      assertThat(report.completions()).isPositive();
      assertThat(report.replicasPlaced()).isGreaterThanOrEqualTo(report.completions());
      assertThat(report.gasCharged()).isPositive().isLessThanOrEqualTo(report.gasReported());
      assertThat(report.errors()).containsOnlyKeys("422 guard-failed");
      assertThat(report.unanswered()).isZero();
      assertThat(report.acceptedToPlacedMs().count()).isEqualTo(report.deploymentsPlaced());
      assertThat(report.ledger().holds()).as(report.toJson()).isTrue();
      assertThat(report.ledger().checked()).isGreaterThan(report.deployments() + 200);
      assertThat(lines).isNotEmpty().allMatch(line -> line.contains("Stopped="));
    }

    @Test
    void reportsStartsThatAGuardRefuses() throws Exception {
      SimulationReport report = run(options());
      long refused = report.guardRefusals().getOrDefault("performance", 0L);
      assertThat(refused).isPositive();
      assertThat(report.minersRegistered()).isEqualTo(200);
      assertThat(report.minersStarted()).isEqualTo(200 - refused);
      assertThat(service.miners("Stopped")).isEqualTo((int) refused);
    }

    @Test
    void losesAndDoublesNothingWhenCallsFailInEveryWay() throws Exception {
      service.faults(everythingNowAndThen(5));
      SimulationReport report = run(options());
      service.faults(request -> Fault.NONE);
      assertThat(service.violations()).isEmpty();
      assertThat(report.retries()).isGreaterThan(20);
      assertThat(report.errors()).containsKeys("503 no-leader", "504 no-leader", "connection");
      assertThat(report.deployments()).isGreaterThan(20);
      assertThat(report.completions()).isPositive();
      assertThat(report.ledger().lost()).isEmpty();
      assertThat(report.ledger().doubled()).isEmpty();
    }

    @Test
    void goesOnWhenMinersAndDevelopersMisbehave() throws Exception {
      Behaviour wild = new Behaviour(0.1, 0.1, 400, 100, 0.1, 0.1, true);
      SimulationReport report = run(options().with(wild));
      assertThat(service.violations()).isEmpty();
      assertThat(report.declines()).isPositive();
      assertThat(report.failures()).isPositive();
      assertThat(report.silences()).isPositive();
      assertThat(report.departures()).isPositive();
      assertThat(report.deploymentsCancelled()).isPositive();
      assertThat(report.deploymentsPatched()).isPositive();
      assertThat(report.completions()).isPositive();
      assertThat(report.ledger().lost()).isEmpty();
      assertThat(report.ledger().doubled()).isEmpty();
    }

    @Test
    void worksWithoutAnEventStreamOfOffers() throws Exception {
      Wiring wiring = new Wiring(false, 16, OptionalInt.empty(), Optional.empty(), 10);
      SimulationReport report = run(options().with(wiring));
      assertThat(service.violations()).isEmpty();
      assertThat(report.completions()).isPositive();
    }

    @Test
    void takesUpMinersThatAnEarlierRunLeft() throws Exception {
      run(options());
      service.expectRestartedClients();
      SimulationOptions again = options();
      SimulationReport report =
          run(
              new SimulationOptions(
                  again.baseUrl(),
                  again.seed(),
                  "t2",
                  again.population(),
                  again.pace(),
                  again.behaviour(),
                  again.wiring(),
                  again.lines(),
                  again.adminKey()));
      assertThat(service.violations()).isEmpty();
      assertThat(report.minersRegistered()).isEqualTo(200);
      assertThat(report.minersStarted()).isGreaterThan(190);
      assertThat(report.completions()).isPositive();
      assertThat(report.ledger().holds()).as(report.toJson()).isTrue();
    }

    @Test
    void keepsCountWhenEveryStreamIsCutAndWhatFollowedIsForgotten() throws Exception {
      SimulationReport report =
          run(
              options()
                  .with(
                      line -> {
                        service.cutStreams();
                        service.forgetEvents();
                      }));
      assertThat(service.violations()).isEmpty();
      assertThat(report.streamReconnects()).isGreaterThanOrEqualTo(4);
      assertThat(report.completions()).isPositive();
      assertThat(report.ledger().holds()).as(report.toJson()).isTrue();
    }

    @Test
    void endsWithItsDurationAndOpensAPayoutEndpointWhenAskedTo() throws Exception {
      Wiring wiring = new Wiring(true, 16, OptionalInt.of(0), Optional.empty(), 0);
      SimulationReport report =
          Simulation.run(options().with(wiring).with(Pace.of(Duration.ofMillis(300), 1)));
      assertThat(report.runMs()).isBetween(290L, 10_000L);
      assertThat(report.settlementsDelivered()).isZero();
      assertThat(report.ledger().checked()).isZero();
      assertThat(service.violations()).isEmpty();
    }

    @Test
    void saysSoWhenNoServiceIsReady() {
      service.faults(request -> Fault.UNAVAILABLE);
      assertThatThrownBy(() -> run(options()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no service is ready at http://127.0.0.1");
    }

    @Test
    void playsFilesAndAppendsToTheLedgersFile(@TempDir Path folder) throws Exception {
      Path miners = folder.resolve("m.csv");
      Path deployments = folder.resolve("d.csv");
      Path ledger = folder.resolve("ledger.jsonl");
      Files.writeString(
          miners,
          """
          id,tier,performance,operator,region,ask,stake,state
          a,1,600,op-1,eu,5,9000,Idle
          b,2,1800,op-2,eu,5,9000,Idle
          c,2,1800,op-2,eu,5,9000,Stopped
          d,4,30,op-3,eu,5,9000,Idle
          """);
      Files.writeString(
          deployments,
          "id,accepted_tiers,min_performance,replicas,max_gas_price\nx,1|2,0,2,9\ny,1,0,1,9\n");
      Population files = Population.ofFiles(Optional.of(miners), Optional.of(deployments), 1);
      Wiring wiring = new Wiring(true, 16, OptionalInt.empty(), Optional.of(ledger), 10);
      SimulationReport report =
          run(options().with(files).with(wiring).with(Pace.of(Duration.ofSeconds(60), 50)), 3);
      assertThat(service.violations()).isEmpty();
      assertThat(report.minersRegistered()).isEqualTo(4);
      assertThat(report.minersStarted()).isEqualTo(2);
      assertThat(report.minersLeftStopped()).isEqualTo(1);
      assertThat(report.guardRefusals()).containsEntry("performance", 1L);
      assertThat(report.deployments()).isEqualTo(2);
      assertThat(report.ended()).containsEntry("Completed", 2L);
      assertThat(Files.readAllLines(ledger))
          .anyMatch(line -> line.contains("\"kind\":\"deployment\"") && line.contains("t-1"))
          .anyMatch(line -> line.contains("\"kind\":\"gas\""));
    }

    @Test
    void sendsNothingWhenAFileIsAtFault(@TempDir Path folder) throws Exception {
      Path miners = folder.resolve("m.csv");
      Files.writeString(miners, "id,tier\n1,1\n");
      Population files = Population.ofFiles(Optional.of(miners), Optional.empty(), 1);
      assertThatThrownBy(() -> run(options().with(files)))
          .isInstanceOf(BadCsvException.class)
          .hasMessageContaining("m.csv:1: operator: this column is missing");
      assertThat(service.requests("POST /v1/miners")).isZero();
    }
  }
}
