package io.phalanx.simulator;

import io.phalanx.simulator.fleet.Behaviour;
import io.phalanx.simulator.shape.DemandShape;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What to simulate, and where.
 *
 * @param baseUrl of the service, such as {@code http://127.0.0.1:8080}
 * @param minersFile miners in the offline planner's CSV format, instead of drawn ones
 * @param deploymentsFile deployments in that format, all posted at the start, instead of a stream
 * @param miners how many are drawn when there is no file
 * @param demand the stream, and the durations of a file's deployments
 * @param duration of the load; registering and starting the fleet comes before it
 * @param warmUp the first part of the duration, in which no latency is measured
 * @param speed durations of simulated work are divided by it
 * @param readingInterval how often a running miner reports its gas
 * @param developers how many there are; each has an event stream of its own
 * @param offersByStream whether miners hear of offers at once, by events, or only by heartbeats
 * @param connections at most so many to the service at a time
 * @param payoutPort of the payout endpoint that the run opens, 0 for any; none opens none
 * @param ledgerFile where acknowledged writes are appended to, if anywhere
 * @param runId 1..20 of {@code [a-z0-9-]}: sets names and idempotency keys of runs apart
 * @param checkAtEnd how many deployments' gas the check after the run compares; 0 for no check
 * @param lines receives a line a second
 */
public record SimulationOptions(
    URI baseUrl,
    Optional<Path> minersFile,
    Optional<Path> deploymentsFile,
    int miners,
    DemandShape demand,
    Duration duration,
    Duration warmUp,
    double speed,
    long seed,
    Duration readingInterval,
    Behaviour behaviour,
    int developers,
    boolean offersByStream,
    int connections,
    OptionalInt payoutPort,
    Optional<Path> ledgerFile,
    String runId,
    int checkAtEnd,
    Consumer<String> lines) {

  public SimulationOptions {
    require(baseUrl.getHost() != null, "the base URL names a host");
    require(miners > 0 && developers > 0 && connections > 0, "counts are positive");
    require(speed > 0, "the speed is positive");
    require(!duration.isNegative() && !warmUp.isNegative(), "durations are not negative");
    require(readingInterval.toMillis() > 0, "the reading interval is at least a millisecond");
    require(runId.matches("[a-z0-9-]{1,20}"), "the run id is 1..20 of [a-z0-9-]");
  }

  /** 1,000 miners like Phala's main net and 20 contracts a second for 30 s. */
  public static SimulationOptions of(URI baseUrl, long seed, String runId) {
    return new SimulationOptions(
        baseUrl,
        Optional.empty(),
        Optional.empty(),
        1_000,
        DemandShape.mixed(seed, 20, Duration.ofSeconds(8)),
        Duration.ofSeconds(30),
        Duration.ZERO,
        1,
        seed,
        Duration.ofSeconds(2),
        Behaviour.USUAL,
        4,
        true,
        256,
        OptionalInt.empty(),
        Optional.empty(),
        runId,
        500,
        line -> {});
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("not so: " + what);
    }
  }
}
