package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.ServedNode.Reply;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.merkle.TreeGrowth;
import io.phalanx.scheduler.merkle.TreeHash;
import io.phalanx.scheduler.proof.CanonicalJson;
import io.phalanx.scheduler.proof.SignedDocument;
import io.phalanx.scheduler.proof.VerifyingKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What payouts are computed from, over HTTP. */
class PayoutInputsHttpTest {
  private static final int MINERS = 5;

  @TempDir private Path folder;

  private static void settle(ServedNode node) {
    for (int n = 1; n <= MINERS; n++) {
      node.startMiner(n, "op-" + n, 2);
    }
    node.post("/v1/deployments", ServedNode.request("\"replicas\": 5"), "X-Developer", "ann");
    JsonNode order = node.awaitOrder(1);
    String assignment = "/v1/assignments/" + order.path("id").asString();
    long epoch = order.path("epoch").asLong();
    node.post(assignment + "/acknowledge", "{\"epoch\": " + epoch + "}");
    String reading = "{\"epoch\": %d, \"sequence\": 1, \"gasUsed\": 100}".formatted(epoch);
    assertThat(node.post(assignment + "/gas", reading).status()).isEqualTo(200);
    node.await("/v1/settlements", page -> page.path("items").size() == 1);
  }

  private static List<ObjectNode> inputs(ServedNode node, int limit) throws IOException {
    List<ObjectNode> items = new ArrayList<>();
    String after = "";
    while (true) {
      Reply page = node.get("/v1/settlements/1/inputs?limit=" + limit + after);
      assertThat(page.status()).isEqualTo(200);
      for (JsonNode item : page.json().path("items")) {
        items.add(CoreJson.stored().readValue(item.toString(), ObjectNode.class));
      }
      if (page.json().path("next").isNull()) {
        return items;
      }
      after = "&after=" + page.text("next");
    }
  }

  private static ObjectNode settlement(ServedNode node) throws IOException {
    return CoreJson.stored()
        .readValue(node.get("/v1/settlements/1").json().toString(), ObjectNode.class);
  }

  @Test
  void provesThemByTheSignedSettlement() throws IOException {
    try (ServedNode node = ServedNode.start(folder, Map.of("settlement-period", "PT1S"))) {
      settle(node);
      List<ObjectNode> items = inputs(node, 2);
      assertThat(items).hasSize(MINERS).isEqualTo(inputs(node, 1_000));
      TreeGrowth tree = new TreeGrowth();
      BigInteger shares = BigInteger.ZERO;
      for (ObjectNode item : items) {
        assertThat(item.path("vAfterPayout").isNull()).isTrue();
        shares = shares.add(new BigInteger(item.path("share").textValue()));
        tree.append(TreeHash.ofLeaf(CanonicalJson.of(item.deepCopy().without("vAfterPayout"))));
      }
      ObjectNode settlement = settlement(node);
      assertThat(settlement.path("inputsRoot").textValue()).isEqualTo(tree.root().hex());
      assertThat(settlement.path("shareTotal").textValue()).isEqualTo(shares.toString());
      String key = node.get("/v1/scheduler-key").json().at("/keys/0/publicKey").asString();
      assertThat(SignedDocument.isSignedBy(new VerifyingKey(key), settlement)).isTrue();
      settlement.put("shareTotal", shares.add(BigInteger.ONE).toString());
      assertThat(SignedDocument.isSignedBy(new VerifyingKey(key), settlement)).isFalse();
    }
  }

  @Test
  void lowersTheValuesOfWhomThePayoutLayerSaysItPaid() throws IOException {
    try (ServedNode node = ServedNode.start(folder, Map.of("settlement-period", "PT1S"))) {
      settle(node);
      String payouts =
          "{\"reference\": \"p-1\", \"payouts\": [{\"minerId\": \"%s\", \"amount\": \"1\"}%s]}";
      String one = ServedNode.miner(1);
      String again = ", {\"minerId\": \"" + one + "\", \"amount\": \"2\"}";
      String path = "/v1/settlements/1/acknowledge";
      assertThat(node.post(path, payouts.formatted(ServedNode.miner(9), "")).status())
          .as("nobody's key")
          .isEqualTo(422);
      JsonNode twice = node.post(path, payouts.formatted(one, again)).json();
      assertThat(twice.at("/errors/0/pointer").asString()).isEqualTo("/payouts/1/minerId");
      Reply first = node.post(path, payouts.formatted(one, ""));
      assertThat(first.status()).isEqualTo(200);
      assertThat(node.post(path, payouts.formatted(one, "")).json())
          .as("the same again")
          .isEqualTo(first.json());
      for (String other :
          List.of(payouts.formatted(ServedNode.miner(2), ""), "{\"reference\": \"p-1\"}")) {
        Reply refused = node.post(path, other);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("conflict");
      }
      assertThat(inputs(node, 10))
          .allMatch(
              item ->
                  item.path("vAfterPayout").isNull() != item.path("minerId").asText().equals(one));
    }
  }

  @Test
  void takesOtherFiguresByThePolicy() {
    try (ServedNode node = ServedNode.start(folder, Map.of())) {
      Reply changed =
          node.call(
              "PATCH",
              "/v1/policy",
              "{\"rewards\": {\"gain\": \"2.25\", \"confidence4\": \"0.9\"}}",
              "If-Match",
              "*");
      assertThat(changed.json().at("/rewards/gain").asString()).isEqualTo("2.25");
      assertThat(changed.json().at("/rewards/rigFactor").asString()).isEqualTo("0.3");
      Reply refused =
          node.call("PATCH", "/v1/policy", "{\"rewards\": {\"growth\": \"0.5\"}}", "If-Match", "*");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json().at("/errors/0/pointer").asString()).isEqualTo("/rewards/growth");
    }
  }
}
