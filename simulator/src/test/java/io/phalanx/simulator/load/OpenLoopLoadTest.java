package io.phalanx.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phalanx.simulator.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OpenLoopLoadTest {
  private final Vertx vertx = Vertx.vertx();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();
  private final HttpServer server = vertx.createHttpServer().requestHandler(this::serve);
  private volatile long stallMs;
  private volatile int cutEvery;

  @BeforeEach
  void listen() {
    Waiting.on(vertx, () -> server.listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }

  private void serve(HttpServerRequest request) {
    long number = requests.incrementAndGet();
    keys.add(request.getHeader("Idempotency-Key") + request.getHeader("X-Developer"));
    if (cutEvery > 0 && number % cutEvery == 0) {
      request.connection().close();
      return;
    }
    request
        .body()
        .onSuccess(
            body -> {
              int status = body.toString().equals("even") ? 201 : 429;
              if (stallMs > 0) {
                vertx.setTimer(stallMs, id -> request.response().setStatusCode(status).end("ok"));
              } else {
                request.response().setStatusCode(status).end("ok");
              }
            });
  }

  private LoadTarget target() {
    return new LoadTarget(
        URI.create("http://127.0.0.1:" + server.actualPort()),
        "POST",
        "/v1/deployments",
        Map.of("X-Developer", "dev"),
        "k-",
        number -> (number % 2 == 0 ? "even" : "odd").getBytes(StandardCharsets.UTF_8));
  }

  @Nested
  class AtAFixedRate {
    private LoadPlan plan(double perSecond, int connections) {
      return LoadPlan.open(perSecond, connections, Duration.ofSeconds(1), Duration.ZERO);
    }

    @Test
    void sendsEachRequestOfThePlanOnceUnderItsOwnKey() throws Exception {
      Map<Long, Integer> answers = new ConcurrentHashMap<>();
      LoadResult result =
          OpenLoopLoad.run(
              target(), plan(500, 8), (number, status, body) -> answers.put(number, status));
      assertThat(result.due()).isEqualTo(500);
      assertThat(result.unanswered()).isZero();
      assertThat(result.statuses()).containsEntry(201, 250L).containsEntry(429, 250L);
      assertThat(result.accepted()).isEqualTo(250);
      assertThat(answers).hasSize(500).containsEntry(0L, 201).containsEntry(499L, 429);
      assertThat(keys).hasSize(500).contains("k-0dev", "k-499dev");
    }

    @Test
    void countsTheTimeARequestWaitedForAStalledService() throws Exception {
      stallMs = 20; // one connection: 50 a second against 200 due
      LoadResult result = OpenLoopLoad.run(target(), plan(200, 1), LoadListener.NONE);
      assertThat(result.statuses().values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(200);
      assertThat(result.micros().getMaxValue()).isGreaterThan(1_000_000);
    }

    @Test
    void countsConnectionsThatBreakAndGoesOn() throws Exception {
      cutEvery = 50;
      LoadResult result = OpenLoopLoad.run(target(), plan(300, 4), LoadListener.NONE);
      assertThat(result.connectionErrors()).isEqualTo(6);
      assertThat(result.micros().getTotalCount()).isEqualTo(294);
    }

    @Test
    void leavesTheWarmUpOut() throws Exception {
      LoadPlan plan = LoadPlan.open(200, 4, Duration.ofSeconds(1), Duration.ofMillis(500));
      LoadResult result = OpenLoopLoad.run(target(), plan, LoadListener.NONE);
      assertThat(result.due()).isEqualTo(100);
      assertThat(result.seconds()).isEqualTo(0.5);
      assertThat(requests).hasValue(200);
    }
  }

  @Nested
  class AsFastAsAnswersCome {
    @Test
    void keepsEveryConnectionBusy() throws Exception {
      stallMs = 20;
      LoadPlan plan = LoadPlan.closed(10, Duration.ofSeconds(1), Duration.ZERO);
      LoadResult result = OpenLoopLoad.run(target(), plan, LoadListener.NONE);
      assertThat(requests.get()).isBetween(10L, 510L); // each connection once, however slow
      assertThat(result.unanswered()).isZero();
      assertThat(result.acceptedPerSecond()).isPositive().isLessThanOrEqualTo(510.0);
    }

    @Test
    void saysSoWhenNobodyListens() {
      LoadTarget nobody =
          new LoadTarget(
              URI.create("http://127.0.0.1:1"), "GET", "/", Map.of(), "", n -> new byte[0]);
      LoadPlan plan = LoadPlan.closed(1, Duration.ofSeconds(1), Duration.ZERO);
      assertThatThrownBy(() -> OpenLoopLoad.run(nobody, plan, LoadListener.NONE))
          .hasMessageContaining("could not be started");
    }
  }
}
