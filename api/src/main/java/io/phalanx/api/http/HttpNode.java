package io.phalanx.api.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.phalanx.api.auth.Gate;
import io.phalanx.api.contract.Contract;
import io.phalanx.api.contract.Operation;
import io.phalanx.api.trace.Tracer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP server of a node: an event loop for each core, all on one port. */
public final class HttpNode {
  private final Vertx vertx;

  /** Vert.x shares one free port among all servers that ask for the same negative one. */
  private static final int SHARED_FREE_PORT = -1;

  private final int port;
  private final List<String> deployments;

  private HttpNode(Vertx vertx, int port, List<String> deployments) {
    this.vertx = vertx;
    this.port = port;
    this.deployments = deployments;
  }

  /**
   * Starts serving.
   *
   * @param contract what is served; every operation has an endpoint and every endpoint an operation
   * @param endpoints by operationId
   * @param backing what is behind it
   */
  public static Future<HttpNode> start(
      Vertx vertx,
      HttpSettings settings,
      Contract contract,
      Map<String, Endpoint> endpoints,
      Backing backing) {
    AtomicInteger connections = new AtomicInteger();
    Gauge.builder("phalanx.http.connections", connections, AtomicInteger::get)
        .description("Open connections")
        .register(backing.registry());
    RouteTable routes = routes(contract, endpoints, backing);
    HttpLoop.Shared shared =
        new HttpLoop.Shared(
            settings,
            routes,
            backing.node(),
            backing.gate(),
            backing.registry(),
            backing.tracer(),
            connections);
    int bound = settings.port() == 0 ? SHARED_FREE_PORT : settings.port();
    HttpLoop first = new HttpLoop(shared, bound, backing.requestIdPrefix() + "-0-");
    return vertx
        .deployVerticle(first)
        .compose(
            id -> {
              List<Future<String>> others = new ArrayList<>();
              for (int i = 1; i < settings.eventLoops(); i++) {
                String prefix = backing.requestIdPrefix() + "-" + i + "-";
                others.add(vertx.deployVerticle(new HttpLoop(shared, bound, prefix)));
              }
              return Future.all(others).map(done -> ids(id, done.list()));
            })
        .map(ids -> new HttpNode(vertx, first.actualPort(), ids));
  }

  /**
   * What is behind the server.
   *
   * @param node position and health
   * @param gate who comes in
   * @param registry counts requests
   * @param requestIdPrefix makes request ids of this run differ from those of others
   * @param pages what is served beside the contract to whoever reads it, by path segments
   * @param tracer makes spans of requests
   */
  public record Backing(
      NodeView node,
      Gate gate,
      MeterRegistry registry,
      String requestIdPrefix,
      Map<List<String>, Answer> pages,
      Tracer tracer) {

    /** What is behind a server in open mode without pages. */
    public Backing(NodeView node, MeterRegistry registry, String requestIdPrefix) {
      this(node, Gate.OPEN, registry, requestIdPrefix, Map.of(), Tracer.OFF);
    }
  }

  private static List<String> ids(String first, List<String> others) {
    List<String> all = new ArrayList<>(others);
    all.add(first);
    return List.copyOf(all);
  }

  private static RouteTable routes(
      Contract contract, Map<String, Endpoint> endpoints, Backing backing) {
    RouteTable table = new RouteTable(backing.pages());
    Set<String> unused = new HashSet<>(endpoints.keySet());
    for (Operation operation : contract.operations()) {
      Endpoint endpoint = endpoints.get(operation.id());
      if (endpoint == null) {
        throw new IllegalStateException("nothing serves " + operation.id());
      }
      unused.remove(operation.id());
      RouteTimers timers =
          new RouteTimers(backing.registry(), operation.method(), operation.path());
      table.add(new RouteTable.Route(operation, endpoint, timers));
    }
    if (!unused.isEmpty()) {
      throw new IllegalStateException("not in the contract: " + unused);
    }
    return table;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Accepts no more, answers what is in flight, ends streams and closes. */
  public Future<Void> stop() {
    List<Future<Void>> all = new ArrayList<>();
    deployments.forEach(id -> all.add(vertx.undeploy(id)));
    return Future.join(all).mapEmpty();
  }
}
