package io.phalanx.simulator.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream of server-sent events that outlives its connections: it resumes after the last event
 * seen. A connection without a byte for three of the service's 15 s comments counts as lost.
 */
public final class EventStream {
  private static final int SILENCE_SECONDS = 46;
  private static final RetryPolicy PAUSES = new RetryPolicy(1, 100, 2_000);
  private static final int GONE = 410;

  private final Vertx vertx;
  private final HttpClient client;
  private final String path;
  private final Call call;
  private final Keyring keyring;
  private final StreamListener listener;
  private final Promise<Void> opened = Promise.promise();
  private String lastId = "";
  private int failures;
  private boolean closed;
  private @Nullable HttpClientRequest current;

  /**
   * A stream that is not connected yet.
   *
   * @param path with the query, such as {@code /v1/events?kind=deployment}
   * @param developer for whom, in open mode; empty for nobody in particular
   */
  public EventStream(
      Vertx vertx, URI baseUrl, String path, String developer, StreamListener listener) {
    this(vertx, new ServiceClient.Address(baseUrl, Keyring.OPEN), path, developer, listener);
  }

  /**
   * A stream that is not connected yet, of a service that may ask for keys.
   *
   * @param path with the query, such as {@code /v1/events?kind=deployment}
   * @param developer for whom; empty for nobody in particular
   */
  public EventStream(
      Vertx vertx,
      ServiceClient.Address address,
      String path,
      String developer,
      StreamListener listener) {
    URI baseUrl = address.baseUrl();
    this.vertx = vertx;
    this.path = path;
    this.call = Call.get(path).by(developer);
    this.keyring = address.keyring();
    this.listener = listener;
    this.client =
        vertx.createHttpClient(
            ServiceClient.options(baseUrl)
                .setReadIdleTimeout(SILENCE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS),
            new PoolOptions().setHttp1MaxSize(1));
  }

  /** Connects; completes with the first answer that is a stream. */
  public Future<Void> open() {
    connect();
    return opened.future();
  }

  public Future<Void> close() {
    closed = true;
    if (current != null) {
      current.reset();
    }
    return client.close();
  }

  private void connect() {
    if (closed) {
      return;
    }
    client
        .request(new RequestOptions().setMethod(HttpMethod.GET).setURI(path))
        .compose(this::ask)
        .onComplete(this::answered, failure -> again());
  }

  private Future<HttpClientResponse> ask(HttpClientRequest request) {
    current = request;
    request.putHeader("Accept", "text/event-stream");
    keyring.prove(call, request.headers());
    if (!lastId.isEmpty()) {
      request.putHeader("Last-Event-ID", lastId);
    }
    return request.send();
  }

  private void answered(HttpClientResponse response) {
    if (response.statusCode() == 200) {
      read(response);
      return;
    }
    if (response.statusCode() == GONE) {
      lastId = "";
      listener.gap();
    }
    response.end().onComplete(read -> again());
  }

  private void read(HttpClientResponse response) {
    failures = 0;
    opened.tryComplete();
    SseParser parser = new SseParser(this::event);
    Promise<Void> end = Promise.promise();
    response.handler(parser::feed);
    response.endHandler(nothing -> end.tryComplete());
    response.exceptionHandler(failure -> end.tryComplete());
    end.future().onComplete(ended -> again());
  }

  private void event(ServerEvent event) {
    if (closed) {
      return;
    }
    if (!event.id().isEmpty()) {
      lastId = event.id();
    }
    listener.event(event);
  }

  private void again() {
    if (closed) {
      return;
    }
    failures++;
    listener.reconnecting();
    vertx.setTimer(PAUSES.pauseMs(failures, 0), id -> connect());
  }
}
