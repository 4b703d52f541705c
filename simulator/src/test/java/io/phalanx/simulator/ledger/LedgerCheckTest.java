package io.phalanx.simulator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.simulator.Pace;
import io.phalanx.simulator.Population;
import io.phalanx.simulator.Simulation;
import io.phalanx.simulator.SimulationOptions;
import io.phalanx.simulator.fake.FakeService;
import io.phalanx.simulator.fleet.Behaviour;
import io.phalanx.simulator.shape.DemandShape;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LedgerCheckTest {
  private final FakeService service = new FakeService();

  @AfterEach
  void close() {
    service.close();
  }

  /** A short run, with damage done in its first second by a service that is not durable. */
  private LedgerVerdict verdictAfter(Runnable damage) throws InterruptedException {
    DemandShape demand = DemandShape.easy(7, 60, Duration.ofMillis(200));
    AtomicBoolean done = new AtomicBoolean();
    SimulationOptions options =
        SimulationOptions.of(service.url(), 7, "t")
            .with(new Population(Optional.empty(), Optional.empty(), 20, 2, demand))
            .with(new Pace(Duration.ofSeconds(2), Duration.ZERO, 1, Duration.ofMillis(50)))
            .with(Behaviour.FAULTLESS)
            .with(
                line -> {
                  if (line.startsWith("   2s") && done.compareAndSet(false, true)) {
                    damage.run();
                  }
                });
    LedgerVerdict verdict = Simulation.run(options).ledger();
    assertThat(done).isTrue();
    return verdict;
  }

  @Nested
  class Run {
    @Test
    void holdsWhenNothingHappened() throws Exception {
      assertThat(verdictAfter(() -> {}).holds()).isTrue();
    }

    @Test
    void namesADeploymentThatIsGone() throws Exception {
      LedgerVerdict verdict = verdictAfter(service::loseADeployment);
      assertThat(verdict.lost()).anyMatch(what -> what.startsWith("deployment d"));
      assertThat(verdict.holds()).isFalse();
    }

    @Test
    void namesADeploymentThatIsThereTwice() throws Exception {
      LedgerVerdict verdict = verdictAfter(service::doubleADeployment);
      assertThat(verdict.doubled()).anyMatch(what -> what.contains("is there as d"));
    }

    @Test
    void namesGasThatWasChargedTwice() throws Exception {
      LedgerVerdict verdict = verdictAfter(service::chargeTwice);
      assertThat(verdict.doubled()).anyMatch(what -> what.startsWith("assignment a"));
    }

    @Test
    void namesADepositThatIsGone() throws Exception {
      LedgerVerdict verdict = verdictAfter(service::loseDeposits);
      assertThat(verdict.lost()).anyMatch(what -> what.startsWith("account dev-"));
    }
  }
}
