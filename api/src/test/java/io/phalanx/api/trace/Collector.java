package io.phalanx.api.trace;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Takes spans as an OpenTelemetry collector does: OTLP over HTTP, JSON. */
public final class Collector implements AutoCloseable {
  private static final long PATIENCE_NS = 15_000_000_000L;
  private static final long PAUSE_MS = 20;

  private final List<JsonNode> spans = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private Collector(HttpServer server) {
    this.server = server;
  }

  /** Listens on a free port, and answers with that status. */
  public static Collector start(int status) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Collector collector = new Collector(server);
    server.createContext(
        "/v1/traces",
        exchange -> {
          collector.take(new ObjectMapper().readTree(exchange.getRequestBody()));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return collector;
  }

  private void take(JsonNode request) {
    for (JsonNode resource : request.path("resourceSpans")) {
      for (JsonNode scope : resource.path("scopeSpans")) {
        scope.path("spans").forEach(spans::add);
      }
    }
  }

  /** Where it is. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
  }

  /** What it was sent until now. */
  public List<JsonNode> spans() {
    return List.copyOf(spans);
  }

  /** Waits for a span of that trace and name. */
  public JsonNode await(String trace, String name) {
    Predicate<JsonNode> wanted =
        span ->
            span.path("traceId").asString().equals(trace)
                && span.path("name").asString().equals(name);
    long deadline = System.nanoTime() + PATIENCE_NS;
    while (spans.stream().noneMatch(wanted)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no " + name + " of " + trace + " in " + spans);
      }
      pause();
    }
    return spans.stream().filter(wanted).findFirst().orElseThrow();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
