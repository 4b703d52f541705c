package io.phalanx.api.route;

import io.phalanx.api.contract.Contract;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.read.Explanations;
import io.phalanx.scheduler.engine.Engine;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Every operation that the engine is behind. */
public final class EngineRoutes {
  /** For each round that an explanation tries. */
  private static final Duration EXPLANATION_TIME = Duration.ofMillis(500);

  private EngineRoutes() {}

  /**
   * Which node this is.
   *
   * @param nodeId its name
   * @param clock the wall clock
   */
  public record Identity(String nodeId, InstantSource clock) {}

  /** By operationId. */
  public static Map<String, Endpoint> endpoints(
      Vertx vertx, Contract contract, Engine engine, Identity identity) {
    Gateway gateway = new Gateway(engine.sequencer(), new KeyMemory(vertx, engine));
    Services services =
        new Services(vertx, contract, engine, gateway, new Committed(engine), identity.clock());
    Past past = new Past(services);
    Map<String, Endpoint> endpoints = new HashMap<>();
    MinerRoutes miners = new MinerRoutes(services);
    endpoints.putAll(miners.endpoints());
    endpoints.putAll(new StreamRoutes(services, miners).endpoints());
    endpoints.putAll(new AssignmentRoutes(gateway).endpoints());
    ExplanationRoutes explanations =
        new ExplanationRoutes(
            past,
            services.committed(),
            new Explanations(engine, identity.clock(), EXPLANATION_TIME));
    endpoints.putAll(explanations.endpoints());
    endpoints.putAll(new DeploymentRoutes(services, past, explanations).endpoints());
    endpoints.putAll(new DeploymentLists(services, past).endpoints());
    endpoints.putAll(new GasRoutes(services, past).endpoints());
    endpoints.putAll(new AccountRoutes(services, past).endpoints());
    endpoints.putAll(new SettlementRoutes(services, past).endpoints());
    endpoints.putAll(new AdminRoutes(services, past, identity.nodeId()).endpoints());
    return endpoints;
  }
}
