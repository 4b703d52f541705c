package io.phalanx.api.route;

import io.phalanx.api.contract.Contract;
import io.phalanx.api.evidence.EvidenceCheck;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.NodeView;
import io.phalanx.api.read.ChangeStream;
import io.phalanx.api.read.LogReads;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.Writes;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Every operation that the engine is behind. */
public final class EngineRoutes {
  private EngineRoutes() {}

  /**
   * The node that is served.
   *
   * @param engine decides and remembers
   * @param writes brings commands to whoever leads
   * @param cluster who is there
   * @param streams what changes in it
   * @param view how it is
   * @param identity what callers are known by
   * @param clock the wall clock
   */
  public record Node(
      Engine engine,
      Writes writes,
      ClusterView cluster,
      ChangeStream streams,
      NodeView view,
      Identity identity,
      EvidenceCheck evidence,
      InstantSource clock) {}

  /** By operationId. */
  public static Map<String, Endpoint> endpoints(Vertx vertx, Contract contract, Node node) {
    Engine engine = node.engine();
    Gateway gateway = new Gateway(node.writes(), new KeyMemory(vertx, engine));
    Services services =
        new Services(vertx, contract, engine, gateway, node.identity(), node.clock());
    Reads reads = Reads.of(vertx, node.view(), engine, node.clock());
    DeploymentReadRoutes deploymentReads = new DeploymentReadRoutes(reads);
    Map<String, Endpoint> endpoints = new HashMap<>();
    endpoints.putAll(new MinerRoutes(services, reads).endpoints());
    endpoints.putAll(new AttestationRoutes(services, reads, node.evidence()).endpoints());
    endpoints.putAll(new CollateralRoutes(services, node.evidence()).endpoints());
    endpoints.putAll(new AssignmentRoutes(services).endpoints());
    endpoints.putAll(deploymentReads.endpoints());
    QuoteRoutes quotes = new QuoteRoutes(services, reads);
    endpoints.putAll(quotes.endpoints());
    endpoints.putAll(new DeploymentRoutes(services, reads, deploymentReads, quotes).endpoints());
    endpoints.putAll(new AccountRoutes(services, reads).endpoints());
    endpoints.putAll(new SettlementRoutes(services, reads).endpoints());
    endpoints.putAll(new StatementRoutes(services, reads).endpoints());
    endpoints.putAll(new AccessRoutes(services, reads).endpoints());
    endpoints.putAll(new ReceiptRoutes(reads, new LogReads(engine, node.clock())).endpoints());
    endpoints.putAll(new AdminRoutes(services, reads, node.cluster()).endpoints());
    endpoints.putAll(new StreamRoutes(services, node.streams(), reads).endpoints());
    return endpoints;
  }
}
