package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.ServedNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Contracts that go from one miner to another, as clients see it. */
class MovingTest {
  @TempDir private static Path folder;

  private static ServedNode node;

  @BeforeAll
  static void start() {
    node = ServedNode.start(folder, Map.of());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static void acknowledge(JsonNode order) {
    String path = "/v1/assignments/" + order.path("id").asString() + "/acknowledge";
    String epoch = "{\"epoch\": " + order.path("epoch").asLong() + "}";
    assertThat(node.post(path, epoch).status()).isEqualTo(200);
  }

  private static void declare(int n, int tier) {
    String attestation = "{\"type\": \"declared\", \"tier\": " + tier + "}";
    assertThat(node.call("PUT", ServedNode.path(n) + "/attestation", attestation).status())
        .isEqualTo(200);
  }

  /** A deployment in a region of its own that runs on the first of two miners. */
  private static String running(int first, int second, String operator) {
    node.startMiner(first, operator, 2);
    String id =
        node.post(
                "/v1/deployments", ServedNode.request("\"allowOperators\": [\"" + operator + "\"]"))
            .text("id");
    acknowledge(node.awaitOrder(first));
    node.startMiner(second, operator, 1);
    return "/v1/deployments/" + id;
  }

  private static List<JsonNode> assignments(String deployment) {
    List<JsonNode> all = new ArrayList<>();
    node.get(deployment).json().path("assignments").forEach(all::add);
    return all;
  }

  @Nested
  class TierDrop {
    @Test
    void movesARunningContractWithTheReplacementFirst() {
      String deployment = running(1, 2, "op-drop");
      JsonNode first = assignments(deployment).get(0);
      assertThat(first.path("leaving").asBoolean()).isFalse();

      declare(1, 5);
      JsonNode order = node.awaitOrder(2);
      List<JsonNode> both = assignments(deployment);
      assertThat(both).hasSize(2);
      assertThat(both.get(0).path("replaces")).isEqualTo(first.path("id"));
      assertThat(both.get(0).path("state").asString()).isEqualTo("Offered");
      assertThat(both.get(1).path("leaving").asBoolean()).isTrue();
      assertThat(both.get(1).path("state").asString()).isEqualTo("Running");
      assertThat(node.get(deployment).text("state")).isEqualTo("Running");
      assertThat(node.get("/metrics").response().body())
          .contains("phalanx_assignments_leaving 1.0");

      acknowledge(order);
      List<JsonNode> after = assignments(deployment);
      assertThat(after.get(0).path("state").asString()).isEqualTo("Running");
      assertThat(after.get(1).path("endReason").asString()).isEqualTo("TierDropped");
      assertThat(after.get(1).path("leaving").asBoolean()).isFalse();
      assertThat(node.get(deployment).text("state")).isEqualTo("Running");
      assertThat(node.get(ServedNode.path(1)).text("state")).isEqualTo("Idle");
    }
  }

  @Nested
  class Drain {
    @Test
    void movesTheContractAndLeavesTheMinerIdleAndCordoned() {
      String deployment = running(11, 12, "op-drain");
      node.post(
          ServedNode.path(11) + "/cordon", "{\"reason\": \"disk\", \"drainWithin\": \"PT10M\"}");
      acknowledge(node.awaitOrder(12));
      assertThat(assignments(deployment).get(1).path("endReason").asString()).isEqualTo("Drained");
      JsonNode drained = node.get(ServedNode.path(11)).json();
      assertThat(drained.path("state").asString()).isEqualTo("Idle");
      assertThat(drained.path("cordoned").path("reason").asString()).isEqualTo("disk");
      assertThat(node.get(deployment).text("state")).isEqualTo("Running");
    }

    @Test
    void isExplainedWhileNobodyIsFound() {
      node.startMiner(21, "op-alone", 2);
      String id =
          node.post("/v1/deployments", ServedNode.request("\"allowOperators\": [\"op-alone\"]"))
              .text("id");
      acknowledge(node.awaitOrder(21));
      node.post(
          ServedNode.path(21) + "/cordon", "{\"reason\": \"disk\", \"drainWithin\": \"PT10M\"}");
      JsonNode why = node.get("/v1/deployments/" + id + "/explanation").json();
      assertThat(why.path("state").asString()).isEqualTo("Running");
      assertThat(why.path("verdict").asString()).isEqualTo("never");
      assertThat(why.path("chosen")).hasSize(1);
      assertThat(why.path("eliminations").toString())
          .contains("{\"constraint\":\"excluded\",\"miners\":1}");
      node.post(ServedNode.path(21) + "/uncordon", "");
      assertThat(node.get("/v1/deployments/" + id + "/explanation").text("verdict"))
          .isEqualTo("placed");
    }
  }
}
