package io.phalanx.api.route;

import io.phalanx.api.contract.Contract;
import io.phalanx.api.http.Endpoint;
import io.phalanx.scheduler.engine.Engine;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Every operation that the engine is behind. */
public final class EngineRoutes {
  private EngineRoutes() {}

  /** By operationId. */
  public static Map<String, Endpoint> endpoints(
      Vertx vertx, Contract contract, Engine engine, InstantSource clock) {
    Gateway gateway = new Gateway(engine.sequencer(), new KeyMemory(vertx, engine));
    Services services =
        new Services(vertx, contract, engine, gateway, new Committed(engine), clock);
    Past past = new Past(services);
    Map<String, Endpoint> endpoints = new HashMap<>();
    endpoints.putAll(new MinerRoutes(services).endpoints());
    endpoints.putAll(new AssignmentRoutes(gateway).endpoints());
    endpoints.putAll(new DeploymentRoutes(services, past, new Explanations()).endpoints());
    return endpoints;
  }
}
