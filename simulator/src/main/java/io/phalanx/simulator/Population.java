package io.phalanx.simulator;

import io.phalanx.simulator.shape.DemandShape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Who takes part.
 *
 * @param minersFile miners in the offline planner's CSV format, instead of drawn ones
 * @param deploymentsFile deployments in that format, all posted at the start, instead of a stream
 * @param miners how many are drawn when there is no file
 * @param developers how many there are; each has an event stream of its own
 * @param demand the stream, and the durations of a file's deployments
 */
public record Population(
    Optional<Path> minersFile,
    Optional<Path> deploymentsFile,
    int miners,
    int developers,
    DemandShape demand) {

  public Population {
    if (miners < 1 || developers < 1) {
      throw new IllegalArgumentException("there is at least one miner and one developer");
    }
  }

  /** Miners like Phala's main net, and contracts of every kind that run for 8 s on average. */
  public static Population drawn(int miners, double deploymentsPerSecond, long seed) {
    DemandShape demand = DemandShape.mixed(seed, deploymentsPerSecond, Duration.ofSeconds(8));
    return new Population(Optional.empty(), Optional.empty(), miners, 4, demand);
  }

  /** Miners and deployments from files; 1,000 miners, or no deployments, where there is none. */
  public static Population ofFiles(
      Optional<Path> minersFile, Optional<Path> deploymentsFile, long seed) {
    DemandShape demand = DemandShape.mixed(seed, 0, Duration.ofSeconds(8));
    return new Population(minersFile, deploymentsFile, 1_000, 4, demand);
  }
}
