package io.phalanx.simulator.fake;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A service on loopback, whose clients are watched. All state is used from its event loop. */
public final class FakeService implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final FakeState state = new FakeState();
  private final FakeRoutes routes = new FakeRoutes(state);
  private final Map<String, Kept> answers = new HashMap<>();
  private final Map<String, Integer> requests = new HashMap<>();
  private final Map<HttpServerResponse, HttpServerRequest> streams = new LinkedHashMap<>();
  private final HttpServer server;
  private volatile Function<String, Fault> faults = request -> Fault.NONE;

  private record Kept(Buffer request, Reply reply) {}

  public FakeService() {
    server = vertx.createHttpServer().requestHandler(this::handle);
    CompletableFuture<HttpServer> listening = new CompletableFuture<>();
    context.runOnContext(
        go ->
            server
                .listen(0, "127.0.0.1")
                .onComplete(listening::complete, listening::completeExceptionally));
    join(listening);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** What to do to a request, told as {@code POST /v1/deployments}. */
  public void faults(Function<String, Fault> plan) {
    faults = plan;
  }

  public List<String> violations() {
    return ask(() -> List.copyOf(state.violations));
  }

  /** Requests that came, by method and path; ids in paths are {@code *}. */
  public int requests(String what) {
    return ask(() -> requests.getOrDefault(what, 0));
  }

  public int deployments() {
    return ask(state.deployments::size);
  }

  /** Assignments that their miners completed. */
  public int completed() {
    return ask(() -> state.completed);
  }

  public int miners(String minerState) {
    return ask(
        () -> (int) state.miners.values().stream().filter(m -> m.state.equals(minerState)).count());
  }

  /** From now on a miner may have forgotten that it sent its last reading. */
  public void expectRestartedClients() {
    ask(
        () -> {
          state.restartedClients = true;
          return 0;
        });
  }

  /** What heartbeats are answered with from now on. */
  public void nextHeartbeatIn(String duration) {
    ask(() -> state.nextHeartbeatIn = duration);
  }

  /** Loses one acknowledged deployment, as a service without durability would. */
  public void loseADeployment() {
    ask(() -> state.deployments.remove(state.deployments.keySet().iterator().next()));
  }

  /** Makes a second deployment of every request that came under one name. */
  public void doubleADeployment() {
    ask(
        () -> {
          FakeDeployment one = state.deployments.values().iterator().next();
          return state.deployments.put("x", new FakeDeployment("x", one.developer, one.body));
        });
  }

  /** Charges the last assignment a second time. */
  public void chargeTwice() {
    ask(
        () -> {
          state.assignments.values().forEach(a -> a.charged = a.charged.add(a.charged));
          return 0;
        });
  }

  public void loseDeposits() {
    ask(
        () -> {
          state.accounts.replaceAll((name, amount) -> BigInteger.ONE);
          return 0;
        });
  }

  public void cutStreams() {
    ask(
        () -> {
          state.events.cut(streams);
          return 0;
        });
  }

  public void forgetEvents() {
    ask(
        () -> {
          state.events.forget();
          return 0;
        });
  }

  public void emit(String kind, JsonObject data) {
    ask(
        () -> {
          state.events.emit(kind, data);
          return 0;
        });
  }

  public int openStreams() {
    return ask(state.events::streams);
  }

  @Override
  public void close() {
    join(vertx.close().toCompletionStage().toCompletableFuture());
  }

  private <T> T ask(Callable<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    context.runOnContext(
        go -> {
          try {
            answer.complete(question.call());
          } catch (Exception e) {
            answer.completeExceptionally(e);
          }
        });
    return join(answer);
  }

  private static <T> T join(CompletableFuture<T> future) {
    return future.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void handle(HttpServerRequest request) {
    String path = request.path();
    String what = request.method() + " " + path.replaceAll("/([0-9a-f]{64}|[ad]\\d+)(?=/|$)", "/*");
    requests.merge(what, 1, Integer::sum);
    if (path.equals("/v1/events")) {
      streams.put(request.response(), request);
      state.events.serve(request);
      return;
    }
    request.body().onSuccess(body -> answer(request, what, body));
  }

  private void answer(HttpServerRequest request, String what, Buffer body) {
    Fault fault = faults.apply(what);
    if (fault == Fault.UNAVAILABLE) {
      send(request, Reply.problem(503, "no-leader"), false);
      return;
    }
    String key = request.getHeader("Idempotency-Key");
    boolean creates = FakeRoutes.CREATING.contains(what.replaceAll("accounts/[^/]+", "accounts/*"));
    state.check(!creates || key != null, "no Idempotency-Key on " + what);
    Kept kept = key == null ? null : answers.get(what + " " + key);
    if (kept != null) {
      state.check(kept.request().equals(body), "other bytes under the key " + key);
    }
    Reply reply = kept != null ? kept.reply() : routes.route(request, what, body);
    if (key != null && reply.status() < 300) {
      answers.put(what + " " + key, new Kept(body, reply));
    }
    switch (fault) {
      case DONE_BUT_TIMED_OUT -> send(request, Reply.problem(504, "no-leader"), false);
      case DONE_BUT_RESET -> request.connection().close();
      case NONE, UNAVAILABLE -> send(request, reply, kept != null);
    }
  }

  private void send(HttpServerRequest request, Reply reply, boolean replayed) {
    HttpServerResponse response = request.response().setStatusCode(reply.status());
    response.putHeader("Journal-Position", Long.toString(state.position));
    response.putHeader("Leader-Epoch", "1");
    if (replayed) {
      response.putHeader("Idempotent-Replayed", "true");
    }
    if (reply.status() == 503) {
      response.putHeader("Retry-After", "0");
    }
    response.end(reply.body().toBuffer());
  }

  static JsonObject list(JsonArray items) {
    return new JsonObject().put("items", items).putNull("next");
  }
}
