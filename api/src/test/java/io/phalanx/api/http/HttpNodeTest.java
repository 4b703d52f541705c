package io.phalanx.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.phalanx.api.contract.Operation;
import io.phalanx.api.support.RawAnswer;
import io.phalanx.api.support.RawClient;
import io.phalanx.api.support.TestServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HttpNodeTest {
  private static final String GET = "GET /v1/cluster HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final Endpoint NOTHING =
      call -> Future.succeededFuture(Answer.json(200, json -> json.writeNull()));

  private static Map<String, Endpoint> all() {
    Map<String, Endpoint> endpoints = new HashMap<>();
    for (Operation operation : TestServer.CONTRACT.operations()) {
      endpoints.put(operation.id(), NOTHING);
    }
    return endpoints;
  }

  private static void start(Map<String, Endpoint> endpoints) {
    Vertx vertx = Vertx.vertx();
    try {
      HttpNode.Backing backing =
          new HttpNode.Backing(new TestServer.FixedView(), new SimpleMeterRegistry(), "x");
      HttpNode.start(
              vertx, HttpSettings.DEFAULT.withPort(0), TestServer.CONTRACT, endpoints, backing)
          .toCompletionStage()
          .toCompletableFuture()
          .join()
          .stop();
    } finally {
      vertx.close();
    }
  }

  @Test
  void servesExactlyTheOperationsOfTheContract() {
    start(all());
    Map<String, Endpoint> lacking = all();
    lacking.remove("getNetwork");
    assertThatThrownBy(() -> start(lacking)).hasMessage("nothing serves getNetwork");
    Map<String, Endpoint> more = all();
    more.put("conquer", NOTHING);
    assertThatThrownBy(() -> start(more)).hasMessage("not in the contract: [conquer]");
  }

  @Test
  void answersAFaultOfOursWithoutSayingMore() {
    Map<String, Endpoint> faulty =
        Map.of(
            "getCluster",
            call -> {
              throw new IllegalStateException("secret");
            },
            "getNetwork",
            call -> Future.failedFuture(new IllegalStateException("secret")));
    try (TestServer server = TestServer.start(HttpSettings.DEFAULT, faulty)) {
      for (String path : new String[] {"/v1/cluster", "/v1/network"}) {
        RawAnswer answer = RawClient.ask(server.port(), GET.replace("/v1/cluster", path));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret").contains(answer.header("Request-Id"));
        assertThat(answer.json().path("type").asString()).isEqualTo("about:blank");
      }
    }
  }

  @Test
  void answersWhatIsInFlightBeforeItStops() {
    Promise<Answer> pending = Promise.promise();
    CompletableFuture<Void> called = new CompletableFuture<>();
    Map<String, Endpoint> slow =
        Map.of(
            "getCluster",
            call -> {
              called.complete(null);
              return pending.future();
            });
    TestServer server = TestServer.start(HttpSettings.DEFAULT, slow);
    try (RawClient client = new RawClient(server.port())) {
      client.send(GET);
      called.join();
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
      pending.complete(Answer.json(200, json -> json.writeString("done")));
      assertThat(client.answer().body()).isEqualTo("\"done\"");
      stopped.join();
      assertThat(client.isClosedByServer()).isTrue();
    }
  }
}
