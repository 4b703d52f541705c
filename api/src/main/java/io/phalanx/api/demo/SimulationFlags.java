package io.phalanx.api.demo;

import io.phalanx.simulator.Pace;
import io.phalanx.simulator.Population;
import io.phalanx.simulator.SimulationOptions;
import io.phalanx.simulator.Wiring;
import io.phalanx.simulator.fleet.Behaviour;
import io.phalanx.simulator.shape.DemandShape;
import io.phalanx.simulator.shape.DeploymentCsv;
import io.phalanx.simulator.shape.MinerCsv;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say what is simulated; the demo and {@code simulate} share them. */
final class SimulationFlags {

  private static final int DEVELOPERS = 4;
  private static final int MOST_MINERS = 1_000_000;
  private static final int MOST_A_SECOND = 100_000;
  private static final int MOST_SPEED = 1_000_000;
  private static final Duration MEAN_CONTRACT = Duration.ofSeconds(8);

  @Option(
      names = "--miners",
      paramLabel = "FILE",
      description = "miners from a CSV file of the offline planner's format")
  @Nullable Path miners;

  @Option(
      names = "--deployments",
      paramLabel = "FILE",
      description = "deployments from a CSV file of that format, all posted at the start")
  @Nullable Path deployments;

  @Option(
      names = "--miner-count",
      paramLabel = "N",
      defaultValue = "1000",
      description = "miners drawn like Phala's main net when no file is given (${DEFAULT-VALUE})")
  int minerCount;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20",
      description = "deployments a second when no file is given (${DEFAULT-VALUE})")
  double rate;

  @Option(
      names = "--duration",
      paramLabel = "PT60S",
      defaultValue = "PT60S",
      description = "how long the load runs once the fleet is up (${DEFAULT-VALUE})")
  Duration duration = Duration.ZERO; // picocli sets the default

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "1",
      description = "simulated work is so many times quicker (${DEFAULT-VALUE})")
  double speed;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "what everything random is drawn from (${DEFAULT-VALUE})")
  long seed;

  @Option(names = "--json", description = "a summary as one line of JSON at the end")
  boolean json;

  /** What these flags ask for, against that service. */
  SimulationOptions options(
      URI service, String runId, OptionalInt payoutPort, Consumer<String> lines) {
    Wiring usual = Wiring.USUAL;
    return new SimulationOptions(
        service,
        seed,
        runId,
        population(),
        Pace.of(duration, speed),
        miners == null && deployments == null ? Behaviour.USUAL : Behaviour.FAULTLESS,
        new Wiring(
            usual.offersByStream(),
            usual.connections(),
            payoutPort,
            Optional.empty(),
            usual.gasChecked()),
        lines,
        Optional.empty());
  }

  /** What is wrong with figures and files, a sentence each; nothing has been started yet. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (minerCount < 1 || minerCount > MOST_MINERS) {
      faults.add("--miner-count: must be 1 to " + MOST_MINERS + ", not " + minerCount);
    }
    if (!(rate >= 0 && rate <= MOST_A_SECOND)) {
      faults.add("--rate: must be 0 to " + MOST_A_SECOND + ", not " + rate);
    }
    if (!(speed > 0 && speed <= MOST_SPEED)) {
      faults.add("--speed: must be above 0, and at most " + MOST_SPEED + ", not " + speed);
    }
    if (duration.isNegative() || duration.isZero()) {
      faults.add("--duration: must be longer than nothing, not " + duration);
    }
    Path fleet = miners;
    Path demanded = deployments;
    if (fleet != null) {
      check("--miners", fleet, () -> MinerCsv.read(fleet), faults);
    }
    if (demanded != null) {
      DemandShape demand = population().demand();
      check("--deployments", demanded, () -> DeploymentCsv.read(demanded, demand), faults);
    }
    return faults;
  }

  private static void check(String flag, Path file, Callable<?> reading, List<String> faults) {
    try {
      reading.call();
    } catch (NoSuchFileException e) {
      faults.add(flag + ": there is no file " + file);
    } catch (Exception e) {
      faults.add(flag + ": " + e.getMessage());
    }
  }

  private Population population() {
    double perSecond = deployments == null ? rate : 0;
    return new Population(
        Optional.ofNullable(miners),
        Optional.ofNullable(deployments),
        minerCount,
        DEVELOPERS,
        DemandShape.mixed(seed, perSecond, MEAN_CONTRACT));
  }
}
