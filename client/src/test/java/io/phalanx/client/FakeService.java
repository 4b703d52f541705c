package io.phalanx.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives one answer after the other, whatever is asked, and remembers what was asked. */
final class FakeService implements AutoCloseable {
  private final Deque<Told> answers = new ArrayDeque<>();
  private final List<Asked> asked = new ArrayList<>();
  private final HttpServer server;

  private FakeService(HttpServer server) {
    this.server = server;
  }

  /**
   * An answer.
   *
   * @param position the journal position that it names
   */
  private record Told(int status, long position, String body) {}

  /** A request. */
  record Asked(
      String line,
      String body,
      @Nullable String minimum,
      @Nullable String lastEventId,
      @Nullable String key) {}

  static FakeService start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeService service = new FakeService(server);
    server.createContext("/", service::handle);
    server.start();
    return service;
  }

  /** The next answer that was not given yet. */
  FakeService tells(int status, long position, String body) {
    answers.add(new Told(status, position, body));
    return this;
  }

  PhalanxClient client() {
    return new PhalanxClient(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), new Credentials.None());
  }

  List<Asked> asked() {
    return asked;
  }

  private void handle(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    asked.add(
        new Asked(
            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8),
            headers.getFirst("Min-Journal-Position"),
            headers.getFirst("Last-Event-ID"),
            headers.getFirst("Idempotency-Key")));
    Told told = answers.remove();
    byte[] body = told.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Journal-Position", Long.toString(told.position()));
    exchange.sendResponseHeaders(told.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
