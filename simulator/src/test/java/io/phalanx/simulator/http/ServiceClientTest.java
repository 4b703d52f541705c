package io.phalanx.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.simulator.Waiting;
import io.phalanx.simulator.stats.Count;
import io.phalanx.simulator.stats.Statistics;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ServiceClientTest {
  private final Vertx vertx = Vertx.vertx();
  private final Statistics statistics = new Statistics();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger tries = new AtomicInteger();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }

  /** Answers try number n as told, and notes what came. */
  private ServiceClient against(BiConsumer<Integer, HttpServerRequest> answers) {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              seen.add(request.getHeader("Idempotency-Key") + " " + body);
                              answers.accept(tries.incrementAndGet(), request);
                            }));
    Waiting.on(vertx, () -> server.listen(0, "127.0.0.1"));
    return client(server.actualPort());
  }

  private ServiceClient client(int port) {
    URI url = URI.create("http://127.0.0.1:" + port);
    return new ServiceClient(vertx, url, 4, new RetryPolicy(5, 1, 20), statistics);
  }

  private static void created(HttpServerRequest request) {
    request.response().setStatusCode(201).putHeader("Journal-Position", "12").end("{}");
  }

  private Answer create(ServiceClient client) {
    Call call = Call.create("/v1/deployments", Buffer.buffer("{\"a\":1}"), "k-1");
    return Waiting.on(vertx, () -> client.send(call));
  }

  @Nested
  class Send {
    @Test
    void repeatsTheSameBytesUnderTheSameKeyAfter503And504() {
      ServiceClient client =
          against(
              (number, request) -> {
                switch (number) {
                  case 1 -> request.response().setStatusCode(503).end();
                  case 2 -> request.response().setStatusCode(504).end();
                  default -> created(request);
                }
              });
      Answer answer = create(client);
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.position()).isEqualTo(12);
      assertThat(answer.leaderEpoch()).isEqualTo(-1);
      assertThat(seen).hasSize(3).containsOnly("k-1 {\"a\":1}");
      assertThat(statistics.get(Count.RETRIES)).isEqualTo(2);
      assertThat(statistics.errors()).containsOnlyKeys("503", "504");
    }

    @Test
    void repeatsAfterTheConnectionWasCut() {
      ServiceClient client =
          against(
              (number, request) -> {
                if (number == 1) {
                  request.connection().close();
                } else {
                  created(request);
                }
              });
      assertThat(create(client).status()).isEqualTo(201);
      assertThat(seen).hasSize(2).containsOnly("k-1 {\"a\":1}");
      assertThat(statistics.errors()).containsEntry("connection", 1L);
    }

    @Test
    void doesNotRepeatARefusal() {
      ServiceClient client =
          against(
              (number, request) ->
                  request
                      .response()
                      .setStatusCode(422)
                      .end("{\"type\": \"/problems/insufficient-balance\"}"));
      assertThat(create(client).error()).isEqualTo("422 insufficient-balance");
      assertThat(seen).hasSize(1);
    }

    @Test
    void givesTheLastAnswerWhenTriesRunOut() {
      ServiceClient client =
          against((number, request) -> request.response().setStatusCode(503).end());
      assertThat(create(client).status()).isEqualTo(503);
      assertThat(seen).hasSize(5);
      assertThat(client.inFlight()).isZero();
    }

    @Test
    void failsWhenNobodyEverAnswered() {
      assertThatThrownBy(() -> create(client(1))).isInstanceOf(RuntimeException.class);
      assertThat(statistics.errors()).containsEntry("connection", 5L);
    }
  }

  @Nested
  class StopRetrying {
    @Test
    void endsACallWithItsPresentTry() {
      ServiceClient client =
          against((number, request) -> request.response().setStatusCode(503).end());
      client.stopRetrying();
      assertThat(create(client).status()).isEqualTo(503);
      assertThat(seen).hasSize(1);
    }
  }

  @Nested
  class HeaderNumber {
    @Test
    void isMinusOneForWhatIsNone() {
      assertThat(ServiceClient.number(null)).isEqualTo(-1);
      assertThat(ServiceClient.number("Wed, 21 Oct")).isEqualTo(-1);
      assertThat(ServiceClient.number("9999999999999999999999")).isEqualTo(-1);
      assertThat(ServiceClient.number("17")).isEqualTo(17);
    }
  }
}
