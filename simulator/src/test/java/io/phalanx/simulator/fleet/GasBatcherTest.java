package io.phalanx.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.phalanx.simulator.Waiting;
import io.phalanx.simulator.http.CallListener;
import io.phalanx.simulator.http.Json;
import io.phalanx.simulator.http.RetryPolicy;
import io.phalanx.simulator.http.ServiceClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GasBatcherTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<Integer> batches = new CopyOnWriteArrayList<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final List<ReadingResult> results = new CopyOnWriteArrayList<>();
  private final HttpServer server = vertx.createHttpServer().requestHandler(this::serve);
  private volatile int status = 200;

  @BeforeEach
  void listen() {
    Waiting.on(vertx, () -> server.listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }

  /** Answers late, each reading with its own gas as the charge. */
  private void serve(HttpServerRequest request) {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    request
        .body()
        .onSuccess(
            body -> {
              JsonArray answers = new JsonArray();
              for (JsonNode reading : Json.parse(body).path("readings")) {
                answers.add(new JsonObject().put("charged", reading.path("gasUsed").asText()));
              }
              batches.add(answers.size());
              vertx.setTimer(
                  20,
                  id -> {
                    inFlight.decrementAndGet();
                    request
                        .response()
                        .setStatusCode(status)
                        .end(new JsonObject().put("results", answers).toBuffer());
                  });
            });
  }

  private void send(int readings) throws InterruptedException {
    URI url = URI.create("http://127.0.0.1:" + server.actualPort());
    Waiting.on(
        vertx,
        () -> {
          ServiceClient client =
              new ServiceClient(vertx, url, 16, RetryPolicy.ONCE, CallListener.none());
          GasBatcher batcher = new GasBatcher(vertx, client);
          for (int i = 0; i < readings; i++) {
            batcher.add(new Reading("a" + i, 1, 1, i, false), results::add);
          }
          return Future.succeededFuture();
        });
    Waiting.until("all results", () -> results.size() == readings);
  }

  @Nested
  class Add {
    @Test
    void sendsAFewReadingsTogether() throws Exception {
      send(3);
      assertThat(batches).containsExactly(3);
      assertThat(results)
          .extracting(ReadingResult::charged)
          .containsExactly(BigInteger.ZERO, BigInteger.ONE, BigInteger.TWO);
    }

    @Test
    void keepsBatchesAndTheirNumberWithinBounds() throws Exception {
      send(15_001);
      assertThat(batches).allMatch(size -> size <= GasBatcher.BATCH);
      assertThat(batches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(15_001);
      assertThat(mostInFlight.get()).isBetween(2, GasBatcher.IN_FLIGHT);
      assertThat(results.stream().map(ReadingResult::charged).distinct()).hasSize(15_001);
    }

    @Test
    void tellsEachReadingOfABatchThatFailed() throws Exception {
      status = 400;
      send(2);
      assertThat(results).allMatch(result -> !result.taken() && result.problem().equals("400"));
    }
  }

  @Nested
  class Body {
    @Test
    void ofTheLongestReadingsStaysUnderAMebibyte() {
      long most = (1L << 53) - 1;
      Reading longest = new Reading("a".repeat(64), most, most, most, true);
      List<Reading> batch = IntStream.range(0, GasBatcher.BATCH).mapToObj(i -> longest).toList();
      assertThat(GasBatcher.body(batch).length()).isLessThan(1 << 20);
    }
  }

  @Nested
  class Result {
    private ReadingResult read(String json) {
      return ReadingResult.read(Json.parse(Buffer.buffer(json)), 3);
    }

    @Test
    void takesAProblemInAnyOfItsShapes() {
      String type = "{\"type\": \"/problems/stale-epoch\"}";
      assertThat(read("{\"problem\": " + type + "}").problem()).isEqualTo("stale-epoch");
      assertThat(read(type).problem()).isEqualTo("stale-epoch");
      assertThat(read("{\"problem\": \"conflict\"}").problem()).isEqualTo("conflict");
      assertThat(read("null").problem()).isEqualTo("no-result");
    }

    @Test
    void isAChargeWhenThereIsNoProblem() {
      assertThat(read("{\"charged\": \"12\", \"exhausted\": true, \"problem\": null}"))
          .isEqualTo(new ReadingResult(BigInteger.valueOf(12), true, "", 3));
    }
  }
}
