package io.phalanx.simulator.payout;

import io.phalanx.simulator.http.Answer;
import io.phalanx.simulator.http.Call;
import io.phalanx.simulator.http.CallListener;
import io.phalanx.simulator.http.Json;
import io.phalanx.simulator.http.Keyring;
import io.phalanx.simulator.http.RetryPolicy;
import io.phalanx.simulator.http.ServiceClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A payout layer's HTTP server: takes settlements at {@code /settlements}, keeps their book, and
 * acknowledges each to the service once {@link #acknowledgeTo} said where it is. It has threads of
 * its own and lives until closed, longer than any run.
 */
public final class PayoutEndpoint implements AutoCloseable {
  private static final String PATH = "/settlements";
  private static final int MOST_BYTES = 64 * 1024 * 1024;
  private static final long ACKNOWLEDGE_AFTER_MS = 50;
  private static final int ACKNOWLEDGE_TRIES = 20;

  private final Vertx vertx;
  private final String host;
  private final HttpServer server;
  private final PayoutFaults faults;
  private final SplittableRandom random;
  private final SettlementBook book = new SettlementBook();
  private volatile @Nullable ServiceClient service;

  private PayoutEndpoint(Vertx vertx, String host, PayoutFaults faults) {
    this.vertx = vertx;
    this.host = host;
    this.faults = faults;
    this.random = new SplittableRandom(faults.seed());
    this.server = vertx.createHttpServer(new HttpServerOptions().setHost(host));
    server.requestHandler(this::handle);
  }

  /**
   * Opens the endpoint on loopback and returns once it listens.
   *
   * @param port 0 for any free one
   */
  public static PayoutEndpoint open(int port, PayoutFaults faults) {
    return open("127.0.0.1", port, faults);
  }

  /**
   * Opens the endpoint and returns once it listens.
   *
   * @param host address of this machine
   * @param port 0 for any free one
   */
  public static PayoutEndpoint open(String host, int port, PayoutFaults faults) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    PayoutEndpoint endpoint = new PayoutEndpoint(vertx, host, faults);
    try {
      await(endpoint.server.listen(port, host));
      return endpoint;
    } catch (RuntimeException e) {
      vertx.close();
      throw e;
    }
  }

  /** Where the service is to send settlements. */
  public URI url() {
    return URI.create("http://" + host + ":" + server.actualPort() + PATH);
  }

  public SettlementBook book() {
    return book;
  }

  /** From now on each new settlement is acknowledged to the service at this address. */
  public void acknowledgeTo(URI baseUrl) {
    acknowledgeTo(new ServiceClient.Address(baseUrl, Keyring.OPEN));
  }

  /** The same where the service may ask for keys. */
  public void acknowledgeTo(ServiceClient.Address address) {
    service = new ServiceClient(vertx, address, 2, RetryPolicy.PATIENT, CallListener.none());
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private void handle(HttpServerRequest request) {
    if (!request.path().equals(PATH)) {
      request.response().setStatusCode(404).end();
    } else if (!request.method().equals(HttpMethod.POST)) {
      request.response().setStatusCode(405).putHeader("Allow", "POST").end();
    } else {
      request.body().onSuccess(body -> receive(request, body));
    }
  }

  private void receive(HttpServerRequest request, Buffer body) {
    if (body.length() > MOST_BYTES) {
      request.response().setStatusCode(413).end();
      return;
    }
    double fate = random.nextDouble();
    if (fate < faults.refuses()) {
      request.response().setStatusCode(503).putHeader("Retry-After", "1").end();
      return;
    }
    String key = request.headers().contains("Idempotency-Key") ? header(request) : "";
    Settlement settlement = Settlement.read(body);
    book.receive(key, settlement);
    answer(request, settlement.number(), fate - faults.refuses());
  }

  private static String header(HttpServerRequest request) {
    String key = request.getHeader("Idempotency-Key");
    boolean quoted = key.length() > 1 && key.startsWith("\"") && key.endsWith("\"");
    return quoted ? key.substring(1, key.length() - 1) : key;
  }

  private void answer(HttpServerRequest request, long number, double fate) {
    if (fate < faults.forgetsToAnswer()) {
      request.response().setStatusCode(500).end();
    } else if (fate < faults.forgetsToAnswer() + faults.resets()) {
      request.connection().close();
    } else if (fate < faults.forgetsToAnswer() + faults.resets() + faults.delays()) {
      vertx.setTimer(Math.max(1, faults.delayMs()), id -> accept(request, number));
    } else {
      accept(request, number);
    }
  }

  private void accept(HttpServerRequest request, long number) {
    request
        .response()
        .setStatusCode(200)
        .end()
        .onSuccess(sent -> acknowledgeLater(number, ACKNOWLEDGE_TRIES));
  }

  /** The service must first take note of our 2xx; until then it may answer 409. */
  private void acknowledgeLater(long number, int tries) {
    vertx.setTimer(
        ACKNOWLEDGE_AFTER_MS,
        id -> {
          ServiceClient to = service;
          if (to != null) {
            acknowledge(to, number, tries);
          }
        });
  }

  private void acknowledge(ServiceClient to, long number, int tries) {
    Buffer body = Json.object(json -> json.writeStringField("reference", "payout-" + number));
    to.send(Call.post("/v1/settlements/" + number + "/acknowledge", body).byPayoutFor(""))
        .onSuccess(answer -> acknowledged(answer, number, tries));
  }

  private void acknowledged(Answer answer, long number, int tries) {
    if (answer.ok()) {
      book.acknowledgedOne();
    } else if (answer.status() == 409 && tries > 1) {
      acknowledgeLater(number, tries - 1);
    }
  }
}
