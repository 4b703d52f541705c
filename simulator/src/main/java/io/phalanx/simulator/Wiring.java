package io.phalanx.simulator;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the simulation is connected.
 *
 * @param offersByStream whether miners hear of offers at once, by events, or only by heartbeats
 * @param connections at most so many to the service at a time, besides event streams
 * @param payoutPort of the payout endpoint that the run opens, 0 for any; none opens none
 * @param ledgerFile where acknowledged writes are appended to, if anywhere
 * @param gasChecked how many deployments' gas the check after the run compares
 */
public record Wiring(
    boolean offersByStream,
    int connections,
    OptionalInt payoutPort,
    Optional<Path> ledgerFile,
    int gasChecked) {

  /** Offers by stream, 256 connections, no payout endpoint, no file. */
  public static final Wiring USUAL =
      new Wiring(true, 256, OptionalInt.empty(), Optional.empty(), 500);

  public Wiring {
    if (connections < 1 || gasChecked < 0) {
      throw new IllegalArgumentException("there is at least one connection");
    }
  }
}
