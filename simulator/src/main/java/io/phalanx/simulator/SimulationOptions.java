package io.phalanx.simulator;

import io.phalanx.simulator.fleet.Behaviour;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What to simulate, and where.
 *
 * @param baseUrl of the service, such as {@code http://127.0.0.1:8080}
 * @param runId 1..20 of {@code [a-z0-9-]}: sets names and idempotency keys of runs apart
 * @param lines receives a line a second
 * @param adminKey where the service asks for keys: with it the others are issued
 */
public record SimulationOptions(
    URI baseUrl,
    long seed,
    String runId,
    Population population,
    Pace pace,
    Behaviour behaviour,
    Wiring wiring,
    Consumer<String> lines,
    Optional<String> adminKey) {

  /** Against a service that asks for no keys. */
  @SuppressWarnings("checkstyle:ParameterNumber") // the record's own components but for one
  public SimulationOptions(
      URI baseUrl,
      long seed,
      String runId,
      Population population,
      Pace pace,
      Behaviour behaviour,
      Wiring wiring,
      Consumer<String> lines) {
    this(baseUrl, seed, runId, population, pace, behaviour, wiring, lines, Optional.empty());
  }

  public SimulationOptions {
    if (baseUrl.getHost() == null) {
      throw new IllegalArgumentException("the base URL names no host: " + baseUrl);
    }
    if (!runId.matches("[a-z0-9-]{1,20}")) {
      throw new IllegalArgumentException("the run id is not 1..20 of [a-z0-9-]: " + runId);
    }
  }

  /** 1,000 miners like Phala's main net and 20 contracts a second for 30 s. */
  public static SimulationOptions of(URI baseUrl, long seed, String runId) {
    return new SimulationOptions(
        baseUrl,
        seed,
        runId,
        Population.drawn(1_000, 20, seed),
        Pace.of(Duration.ofSeconds(30), 1),
        Behaviour.USUAL,
        Wiring.USUAL,
        line -> {});
  }

  public SimulationOptions with(Population other) {
    return new SimulationOptions(
        baseUrl, seed, runId, other, pace, behaviour, wiring, lines, adminKey);
  }

  public SimulationOptions with(Pace other) {
    return new SimulationOptions(
        baseUrl, seed, runId, population, other, behaviour, wiring, lines, adminKey);
  }

  public SimulationOptions with(Behaviour other) {
    return new SimulationOptions(
        baseUrl, seed, runId, population, pace, other, wiring, lines, adminKey);
  }

  public SimulationOptions with(Wiring other) {
    return new SimulationOptions(
        baseUrl, seed, runId, population, pace, behaviour, other, lines, adminKey);
  }

  public SimulationOptions with(Consumer<String> other) {
    return new SimulationOptions(
        baseUrl, seed, runId, population, pace, behaviour, wiring, other, adminKey);
  }

  /** The same against a service that asks for keys, if there is one to issue them with. */
  public SimulationOptions withAdminKey(Optional<String> key) {
    return new SimulationOptions(
        baseUrl, seed, runId, population, pace, behaviour, wiring, lines, key);
  }
}
