package io.phalanx.simulator.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls over pooled keep-alive connections and repeats, byte for byte, those whose outcome is
 * unknown or that the service could not take. Used from one event loop.
 */
public final class ServiceClient {
  private static final int REQUEST_TIMEOUT_MS = 10_000;
  private static final int CONNECT_TIMEOUT_MS = 2_000;

  private final Vertx vertx;
  private final HttpClient client;
  private final RetryPolicy policy;
  private final CallListener listener;
  private final Keyring keyring;
  private int inFlight;
  private boolean stopping;

  /**
   * A client of the service at an address.
   *
   * @param connections at most so many at a time; further calls wait for one
   */
  public ServiceClient(
      Vertx vertx, URI baseUrl, int connections, RetryPolicy policy, CallListener listener) {
    this(vertx, new Address(baseUrl, Keyring.OPEN), connections, policy, listener);
  }

  /**
   * Where a service is and what it is shown.
   *
   * @param keyring proves who sends a call
   */
  public record Address(URI baseUrl, Keyring keyring) {}

  /**
   * A client of the service at an address.
   *
   * @param connections at most so many at a time; further calls wait for one
   */
  public ServiceClient(
      Vertx vertx, Address address, int connections, RetryPolicy policy, CallListener listener) {
    URI baseUrl = address.baseUrl();
    this.vertx = vertx;
    this.keyring = address.keyring();
    this.policy = policy;
    this.listener = listener;
    this.client = vertx.createHttpClient(options(baseUrl), pool(connections));
  }

  /** The last answer when tries ran out; fails when there was never one. */
  public Future<Answer> send(Call call) {
    return send(call, policy);
  }

  public Future<Answer> send(Call call, RetryPolicy retries) {
    inFlight++;
    Promise<Answer> promise = Promise.promise();
    attempt(call, retries, 1, promise);
    return promise.future().onComplete(done -> inFlight--);
  }

  /** Calls without their final answer yet, those waiting to be repeated included. */
  public int inFlight() {
    return inFlight;
  }

  /** From now on nothing is repeated: what is under way ends with its present try. */
  public void stopRetrying() {
    stopping = true;
  }

  public Future<Void> close() {
    return client.close();
  }

  static HttpClientOptions options(URI baseUrl) {
    boolean secure = "https".equals(baseUrl.getScheme());
    int port = baseUrl.getPort() > 0 ? baseUrl.getPort() : secure ? 443 : 80;
    return new HttpClientOptions()
        .setDefaultHost(baseUrl.getHost())
        .setDefaultPort(port)
        .setSsl(secure)
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setKeepAlive(true)
        .setPipelining(false)
        .setTcpNoDelay(true)
        .setConnectTimeout(CONNECT_TIMEOUT_MS);
  }

  private static PoolOptions pool(int connections) {
    return new PoolOptions().setHttp1MaxSize(connections);
  }

  private void attempt(Call call, RetryPolicy retries, int number, Promise<Answer> promise) {
    once(call)
        .onComplete(
            answer -> answered(call, retries, number, promise, answer),
            failure -> failed(call, retries, number, promise, failure));
  }

  private void answered(
      Call call, RetryPolicy retries, int number, Promise<Answer> promise, Answer answer) {
    if (answer.status() >= 400) {
      listener.failed(answer.error());
    }
    if (!answer.passing() || !mayRepeat(retries, number)) {
      promise.complete(answer);
      return;
    }
    repeat(call, retries, number, promise, answer.retryAfterMs());
  }

  private void failed(
      Call call, RetryPolicy retries, int number, Promise<Answer> promise, Throwable failure) {
    listener.failed("connection");
    if (mayRepeat(retries, number)) {
      repeat(call, retries, number, promise, 0);
    } else {
      promise.fail(failure);
    }
  }

  private boolean mayRepeat(RetryPolicy retries, int number) {
    return !stopping && number < retries.tries();
  }

  private void repeat(
      Call call, RetryPolicy retries, int number, Promise<Answer> promise, long retryAfterMs) {
    listener.retried();
    vertx.setTimer(
        retries.pauseMs(number, retryAfterMs), id -> attempt(call, retries, number + 1, promise));
  }

  private Future<Answer> once(Call call) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(call.method())
            .setURI(call.path())
            .setTimeout(REQUEST_TIMEOUT_MS);
    return client
        .request(options)
        .compose(request -> exchange(request, call))
        .compose(ServiceClient::read);
  }

  /** Whether the service asks nobody for a key. */
  public boolean isOpen() {
    return keyring.isOpen();
  }

  private Future<HttpClientResponse> exchange(HttpClientRequest request, Call call) {
    MultiMap headers = request.headers();
    if (!call.idempotencyKey().isEmpty()) {
      headers.set("Idempotency-Key", call.idempotencyKey());
    }
    if (call.minPosition() > 0) {
      headers.set("Min-Journal-Position", Long.toString(call.minPosition()));
    }
    keyring.prove(call, headers);
    if (call.body().length() == 0) {
      return request.send();
    }
    boolean patch = call.method().equals(HttpMethod.PATCH);
    headers.set("Content-Type", patch ? "application/merge-patch+json" : "application/json");
    return request.send(call.body());
  }

  private static Future<Answer> read(HttpClientResponse response) {
    MultiMap headers = response.headers();
    return response
        .body()
        .map(
            body ->
                new Answer(
                    response.statusCode(),
                    number(headers.get("Journal-Position")),
                    number(headers.get("Leader-Epoch")),
                    "true".equals(headers.get("Idempotent-Replayed")),
                    Math.max(0, number(headers.get("Retry-After")) * 1_000),
                    body));
  }

  /**
   * −1 for what is no plain number: a header is untrusted, and a date there is not worth waiting
   * for.
   */
  static long number(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 18) {
      return -1;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return -1;
      }
    }
    return Long.parseLong(text);
  }
}
