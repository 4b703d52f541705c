package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.ServedNode.Reply;
import io.phalanx.api.support.Signer;
import io.phalanx.api.support.Tenants;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Statements, corrections and warnings of budgets, over HTTP. */
class StatementHttpTest {
  @TempDir private Path folder;

  private static ServedNode serve(Path folder) {
    return ServedNode.start(folder, Map.of("settlement-period", "PT1S"));
  }

  /** Where the only assignment of a miner is read, and how. */
  private record Work(ServedNode node, String path, long epoch, String deployment) {
    static Work start(ServedNode node, int miner, String developer, String more) {
      node.startMiner(miner, "op-" + miner, 2);
      Reply created =
          node.post(
              "/v1/deployments",
              more.isEmpty() ? ServedNode.request("") : more,
              "X-Developer",
              developer);
      JsonNode order = node.awaitOrder(miner);
      String path = "/v1/assignments/" + order.path("id").asString();
      long epoch = order.path("epoch").asLong();
      node.post(path + "/acknowledge", "{\"epoch\": " + epoch + "}");
      return new Work(node, path, epoch, created.text("id"));
    }

    Reply read(long sequence, long gas) {
      String reading =
          "{\"epoch\": %d, \"sequence\": %d, \"gasUsed\": %d}".formatted(epoch, sequence, gas);
      Reply read = node.post(path + "/gas", reading);
      assertThat(read.status()).as(read.response().body()).isEqualTo(200);
      return read;
    }
  }

  private static BigInteger sum(JsonNode items, String field) {
    BigInteger sum = BigInteger.ZERO;
    for (JsonNode item : items) {
      sum = sum.add(new BigInteger(item.path(field).asString()));
    }
    return sum;
  }

  @Test
  void addsUpReceiptsAsJsonAndAsCsv() {
    try (ServedNode node = serve(folder)) {
      Work ann = Work.start(node, 1, "ann", "");
      Work ben = Work.start(node, 2, "ben", "");
      for (int i = 1; i <= 3; i++) {
        ann.read(i, 100L * i);
        ben.read(i, 10L * i);
      }
      JsonNode receipts = node.get("/v1/receipts?deployment=" + ann.deployment()).json();
      JsonNode statement = node.get("/v1/statements?developer=ann").json();
      assertThat(statement.path("fee").asString())
          .isEqualTo(sum(receipts.path("items"), "fee").toString());
      assertThat(statement.path("receipts").asInt()).isEqualTo(3);
      assertThat(statement.at("/lines/0/deploymentId").asString()).isEqualTo(ann.deployment());
      Reply csv = node.get("/v1/statements?developer=ann", "Accept", "text/csv");
      assertThat(csv.header("Content-Type")).startsWith("text/csv");
      assertThat(csv.response().body())
          .startsWith("deploymentId,receipts,gas,fee,treasury,total,corrected\r\n")
          .contains(ann.deployment() + ",3,300,")
          .doesNotContain(ben.deployment());
      assertThat(node.get("/v1/statements", "X-Developer", "ben").json().path("gas").asInt())
          .as("its own without a name")
          .isEqualTo(30);
      JsonNode none = node.get("/v1/statements?operator=op-1&to=2020-01-01T00:00:00Z").json();
      assertThat(none.path("receipts").asInt()).isZero();
      String miner = "/v1/statements?miner=" + ServedNode.miner(1);
      assertThat(node.get(miner + "&from=2020-01-01T00:00:00Z").json().path("gas").asInt())
          .isEqualTo(300);
    }
  }

  @Test
  void saysWhatIsWrongWithAQuestion() {
    try (ServedNode node = serve(folder)) {
      for (String query :
          List.of(
              "",
              "?developer=a&operator=b",
              "?developer=a&from=yesterday",
              "?developer=a&to=1969-01-01T00:00:00Z",
              "?developer=a&to=%2B999999999-12-31T00:00:00Z",
              "?developer=a&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")) {
        assertThat(node.get("/v1/statements" + query).status()).as(query).isEqualTo(422);
      }
    }
  }

  @Test
  void isShownToItsOwnerOnly() {
    try (Tenants tenants = Tenants.start(folder, Map.of())) {
      String ann = tenants.key("developer", "ann");
      String operator = tenants.key("operator", "op-1");
      String payout = tenants.key("payout", "bank");
      assertThat(tenants.call(ann, "GET", "/v1/statements?developer=ben", "").status())
          .isEqualTo(404);
      assertThat(tenants.call(ann, "GET", "/v1/statements?operator=ann", "").status())
          .isEqualTo(404);
      assertThat(tenants.call(ann, "GET", "/v1/statements", "").text("name")).isEqualTo("ann");
      assertThat(tenants.call(operator, "GET", "/v1/statements?operator=op-2", "").status())
          .isEqualTo(404);
      assertThat(tenants.call(payout, "GET", "/v1/statements?developer=ann", "").status())
          .isEqualTo(403);
      Signer miner = Signer.of("m");
      String own = "/v1/statements?miner=" + miner.keyId();
      tenants.enlist(miner, "op-1", operator, payout);
      assertThat(tenants.call(operator, "GET", own, "").text("name")).isEqualTo(miner.keyId());
      assertThat(tenants.signed(miner, "GET", own, "").status()).isEqualTo(200);
      String other = tenants.key("operator", "op-2");
      assertThat(tenants.call(other, "GET", own, "").status()).isEqualTo(404);
      assertThat(tenants.call(ann, "GET", own, "").status()).isEqualTo(404);
      assertThat(tenants.call(tenants.admin(), "GET", "/v1/statements?developer=x", "").status())
          .isEqualTo(200);
    }
  }

  @Test
  void takesAChargeBackOnce() {
    try (ServedNode node = ServedNode.start(folder, Map.of())) {
      Work work = Work.start(node, 1, "ann", "");
      String receipt = work.read(1, 100).text("receiptId");
      BigInteger before = new BigInteger(node.get("/v1/accounts/ann").text("available"));
      String body = "{\"receiptId\": \"%s\", \"reason\": \"broken\"}".formatted(receipt);
      Reply corrected = node.post("/v1/corrections", body, "Idempotency-Key", "c-1");
      assertThat(corrected.status()).as(corrected.response().body()).isEqualTo(201);
      BigInteger back =
          new BigInteger(corrected.text("fee")).add(new BigInteger(corrected.text("treasury")));
      assertThat(node.get("/v1/accounts/ann").text("available"))
          .isEqualTo(before.add(back).toString());
      assertThat(node.post("/v1/corrections", body, "Idempotency-Key", "c-1").status())
          .as("repeated under its key")
          .isEqualTo(201);
      assertThat(node.post("/v1/corrections", body).status()).isEqualTo(409);
      assertThat(node.post("/v1/corrections", body.replace(receipt, "r-none")).status())
          .isEqualTo(422);
      JsonNode entry =
          node.await(
                  "/v1/accounts/ann/entries",
                  page -> page.at("/items/0/kind").asString("").equals("correction"))
              .at("/items/0");
      assertThat(entry.path("reference").asString()).isEqualTo(receipt);
      JsonNode statement = node.get("/v1/statements?developer=ann").json();
      assertThat(statement.path("corrected").asString()).isEqualTo(back.toString());
      assertThat(statement.path("total").asString()).isEqualTo(back.toString());
      assertThat(node.get("/v1/audit").response().body()).contains("correctCharge");
      assertThat(node.get("/v1/receipts/" + receipt).status()).as("stays").isEqualTo(200);
    }
  }

  @Test
  void tellsStreamsOfABudgetThatIsNearlyAndWhollySpent() throws Exception {
    try (ServedNode node = serve(folder)) {
      String request =
          ServedNode.request("").replace("\"5000000000000\"", "\"900000\""); // 1,000 units of gas
      Work work = Work.start(node, 1, "ann", request);
      String path = "/v1/deployments/" + work.deployment() + "/events?kind=budget";
      HttpRequest open = HttpRequest.newBuilder(URI.create(node.node().url() + path)).build();
      HttpResponse<Stream<String>> stream =
          HttpClient.newHttpClient().send(open, HttpResponse.BodyHandlers.ofLines());
      work.read(1, 799);
      work.read(2, 801);
      work.read(3, 900);
      work.read(4, 5_000);
      List<String> spent =
          stream
              .body()
              .filter(line -> line.startsWith("data:"))
              .limit(2)
              .map(line -> new ObjectMapper().readTree(line.substring(5)))
              .map(deployment -> deployment.path("spent").asString())
              .toList();
      assertThat(spent).containsExactly("720900", "900000");
    }
  }
}
