package io.phalanx.api.support;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.phalanx.api.auth.Gate;
import io.phalanx.api.console.Console;
import io.phalanx.api.contract.Contract;
import io.phalanx.api.contract.ContractLoader;
import io.phalanx.api.contract.Operation;
import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.HttpNode;
import io.phalanx.api.http.HttpSettings;
import io.phalanx.api.http.NodeView;
import io.phalanx.api.http.Position;
import io.phalanx.api.trace.Tracer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A real server on a free loopback port whose endpoints answer what they were called with. */
public final class TestServer implements AutoCloseable {
  /** The contract, compiled once for all tests. */
  public static final Contract CONTRACT = ContractLoader.load(false);

  private final Vertx vertx = Vertx.vertx();
  private final HttpNode node;

  private TestServer(HttpSettings settings, Map<String, Endpoint> special) {
    Map<String, Endpoint> endpoints = new HashMap<>();
    for (Operation operation : CONTRACT.operations()) {
      endpoints.put(operation.id(), TestServer::echo);
    }
    endpoints.putAll(special);
    HttpNode.Backing backing =
        new HttpNode.Backing(
            new FixedView(),
            Gate.OPEN,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            "test",
            Console.pages(),
            Tracer.OFF);
    node =
        HttpNode.start(vertx, settings, CONTRACT, endpoints, backing)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Starts a server on one event loop. */
  public static TestServer start(HttpSettings settings, Map<String, Endpoint> special) {
    HttpSettings one =
        new HttpSettings(
            "127.0.0.1",
            0,
            1,
            settings.deadline(),
            settings.keepAlive(),
            settings.streamComment(),
            settings.maxConnections(),
            false,
            java.util.Optional.empty());
    return new TestServer(one, special);
  }

  /** Starts a server with usual settings. */
  public static TestServer start() {
    return start(HttpSettings.DEFAULT, Map.of());
  }

  private static Future<Answer> echo(io.phalanx.api.http.Call call) {
    byte[] body =
        call.body().isMissingNode()
            ? "{}".getBytes(StandardCharsets.UTF_8)
            : call.body().toString().getBytes(StandardCharsets.UTF_8);
    return Future.succeededFuture(
        new Answer.Whole(
            200,
            Answer.JSON,
            body,
            Map.of("X-Operation", call.operation().id(), "X-Query", call.query().toString()),
            null));
  }

  /** Where it listens. */
  public int port() {
    return node.port();
  }

  @Override
  public void close() {
    node.stop().toCompletionStage().toCompletableFuture().join();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** A node that stands still. */
  public static final class FixedView implements NodeView {
    @Override
    public Position position() {
      return new Position(42, 7);
    }

    @Override
    public Health health() {
      return Health.UP;
    }

    @Override
    public Future<Void> reach(long journalPosition) {
      return Future.failedFuture("never");
    }
  }
}
