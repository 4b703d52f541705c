package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.ServedNode.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The main job, over HTTP as strangers would: from registration to a settlement that was paid. */
class MainJobTest {
  @TempDir private Path folder;

  private record Delivery(String key, String body) {}

  @Test
  void runsFromARegistrationToAPaidSettlement() {
    Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
    Vertx vertx = Vertx.vertx();
    HttpServer payout =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              String key = request.getHeader("Idempotency-Key");
                              deliveries.add(new Delivery(key, body.toString()));
                              request.response().setStatusCode(202).end("x".repeat(200_000));
                            }))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    Map<String, String> settings =
        Map.of(
            "payout.url",
            "http://127.0.0.1:" + payout.actualPort() + "/settlements",
            "settlement-period",
            "PT1S");
    try (ServedNode node = ServedNode.start(folder, settings)) {
      String deployment = place(node);
      meter(node, deployment);
      settle(node, deliveries);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static String place(ServedNode node) {
    node.startMiner(1, "op-1", 2);
    assertThat(node.get(ServedNode.path(1)).text("state")).isEqualTo("Idle");
    Reply created =
        node.post(
            "/v1/deployments", ServedNode.request("\"name\": \"oracle\""), "X-Developer", "ann");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text("state")).isEqualTo("Pending");
    String path = "/v1/deployments/" + created.text("id");
    assertThat(created.header("Location")).isEqualTo(path);
    JsonNode order = node.awaitOrder(1);
    assertThat(order.path("deploymentId").asString()).isEqualTo(created.text("id"));
    assertThat(node.get(ServedNode.path(1)).text("state")).isEqualTo("Active");
    assertThat(node.get(path).text("state")).isEqualTo("Placed");
    String word = "{\"epoch\": " + order.path("epoch").asLong() + "}";
    String assignment = "/v1/assignments/" + order.path("id").asString();
    Reply stale = node.post(assignment + "/acknowledge", "{\"epoch\": 1}");
    assertThat(stale.problem()).isEqualTo("stale-epoch");
    assertThat(node.post(assignment + "/acknowledge", word).text("state")).isEqualTo("Running");
    assertThat(node.get(path).text("state")).isEqualTo("Running");
    return path;
  }

  private static void meter(ServedNode node, String deployment) {
    JsonNode order = node.awaitOrder(1);
    String id = order.path("id").asString();
    long epoch = order.path("epoch").asLong();
    String reading = "{\"epoch\": " + epoch + ", \"sequence\": 1, \"gasUsed\": 1000}";
    Reply charged = node.post("/v1/assignments/" + id + "/gas", reading);
    assertThat(charged.text("charged")).isEqualTo("900000");
    assertThat(node.post("/v1/assignments/" + id + "/gas", reading).text("charged"))
        .isEqualTo("900000");
    Reply batch =
        node.post(
            "/v1/gas",
            """
            {"readings": [
              {"assignmentId": "%s", "epoch": %d, "sequence": 2, "gasUsed": 3000, "final": true},
              {"assignmentId": "a-none", "epoch": 1, "sequence": 1, "gasUsed": 1}]}"""
                .formatted(id, epoch));
    JsonNode results = batch.json().path("results");
    assertThat(results.get(0).path("charged").asString()).isEqualTo("1800000");
    assertThat(results.get(0).has("receiptId")).isTrue();
    assertThat(results.get(1).path("problem").path("type").asString())
        .isEqualTo("/problems/not-found");
    JsonNode gas = node.get(deployment + "/gas").json();
    assertThat(gas.path("assignments").get(0).path("charged").asString()).isEqualTo("2700000");
    assertThat(
            node.post("/v1/assignments/" + id + "/complete", "{\"epoch\": " + epoch + "}").status())
        .isEqualTo(200);
    JsonNode ended = node.get(deployment).json();
    assertThat(ended.path("endReason").asString()).isEqualTo("Completed");
    assertThat(ended.path("spent").asString()).isEqualTo("2700000");
  }

  /** Both charges may fall into one period or into two. */
  private static void settle(ServedNode node, Queue<Delivery> deliveries) {
    JsonNode list =
        node.await(
            "/v1/settlements?order=asc",
            settlements -> sum(settlements.path("items"), "total") == 2_700_000);
    long treasury = 0;
    for (JsonNode item : list.path("items")) {
      long number = item.path("number").asLong();
      JsonNode delivered =
          node.await(
              "/v1/settlements/" + number,
              settlement -> settlement.path("state").asString().equals("Delivered"));
      treasury += sum(delivered.path("lines"), "treasury");
      Delivery delivery = deliveries.remove();
      assertThat(delivery.key).isEqualTo("settlement-" + number);
      assertThat(delivery.body)
          .contains("\"total\":\"" + delivered.path("total").asString() + "\"")
          .contains("\"lines\":[{");
      acknowledge(node, "/v1/settlements/" + number + "/acknowledge");
    }
    assertThat(treasury).isEqualTo(540_000);
    assertThat(node.get(ServedNode.path(1)).text("settled")).isEqualTo("2160000");
    JsonNode acknowledged = node.get("/v1/settlements?state=Acknowledged&order=asc").json();
    assertThat(acknowledged.path("items").size()).isEqualTo(list.path("items").size());
    assertThat(acknowledged.path("items").get(0).has("lines")).isFalse();
  }

  private static void acknowledge(ServedNode node, String path) {
    assertThat(node.post(path, "{\"reference\": \"p-1\"}").text("state")).isEqualTo("Acknowledged");
    assertThat(node.post(path, "{\"reference\": \"p-1\"}").status()).isEqualTo(200);
    assertThat(node.post(path, "{\"reference\": \"p-2\"}").problem()).isEqualTo("conflict");
  }

  private static long sum(JsonNode items, String field) {
    long sum = 0;
    for (JsonNode item : items) {
      sum += Long.parseLong(item.path(field).asString());
    }
    return sum;
  }
}
