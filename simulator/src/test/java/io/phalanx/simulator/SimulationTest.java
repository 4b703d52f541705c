package io.phalanx.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.simulator.fake.FakeService;
import io.phalanx.simulator.fleet.Behaviour;
import io.phalanx.simulator.shape.DemandShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static SimulationOptions options(FakeService service) {
    DemandShape demand = DemandShape.mixed(7, 100, Duration.ofMillis(300));
    return SimulationOptions.of(service.url(), 7, "t")
        .with(new Population(Optional.empty(), Optional.empty(), 200, 3, demand))
        .with(new Pace(Duration.ofSeconds(3), Duration.ZERO, 1, Duration.ofMillis(50)))
        .with(Behaviour.FAULTLESS);
  }

  @Nested
  class Run {
    @Test
    void drivesDeploymentsToCompletionAsTheContractAsks() throws Exception {
      try (FakeService service = new FakeService()) {
        List<String> lines = new ArrayList<>();
        SimulationReport report = Simulation.run(options(service).with(lines::add));
        assertThat(service.violations()).isEmpty();
        System.out.println(report.toJson());
        System.out.println(lines);
        assertThat(report.deployments()).isGreaterThan(100).isEqualTo(service.deployments());
        assertThat(report.ledger().holds()).as(report.toJson()).isTrue();
      }
    }
  }
}
