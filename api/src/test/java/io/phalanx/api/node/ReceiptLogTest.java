package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.cli.PhalanxCommand;
import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.ServedNode.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What is charged can be checked by anybody, with nothing but answers kept as files. */
class ReceiptLogTest {
  /** The key of RFC 8410 §10.3. */
  private static final String NEXT_KEY =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
      -----END PRIVATE KEY-----
      """;

  private static final String NEXT_KEY_ID =
      "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";

  @TempDir private Path folder;
  private Path kept;
  private final List<String> receipts = new ArrayList<>();

  @BeforeEach
  void makeAFolderForAnswers() throws IOException {
    kept = Files.createDirectory(folder.resolve("kept"));
  }

  private ServedNode serve() {
    return ServedNode.start(folder, Map.of("settlement-period", "PT1S"));
  }

  /** Charges so many readings for a deployment of ann's. */
  private void charge(ServedNode node, int readings) {
    node.startMiner(1, "op-1", 2);
    node.post("/v1/deployments", ServedNode.request(""), "X-Developer", "ann");
    JsonNode order = node.awaitOrder(1);
    String assignment = "/v1/assignments/" + order.path("id").asString();
    long epoch = order.path("epoch").asLong();
    node.post(assignment + "/acknowledge", "{\"epoch\": " + epoch + "}");
    for (int sequence = 1; sequence <= readings; sequence++) {
      String reading =
          "{\"epoch\": %d, \"sequence\": %d, \"gasUsed\": %d}"
              .formatted(epoch, sequence, 100 * sequence);
      Reply charged = node.post(assignment + "/gas", reading);
      receipts.add(charged.text("receiptId"));
      assertThat(node.post(assignment + "/gas", reading).text("receiptId"))
          .as("repeated")
          .isEqualTo(charged.text("receiptId"));
    }
    String unchanged =
        "{\"epoch\": %d, \"sequence\": %d, \"gasUsed\": %d}"
            .formatted(epoch, readings + 1, 100 * readings);
    assertThat(node.post(assignment + "/gas", unchanged).json().path("receiptId").isNull())
        .as("nothing was charged")
        .isTrue();
  }

  private String keep(String name, Reply answer) throws IOException {
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    return Files.writeString(kept.resolve(name), answer.json().toString()).toString();
  }

  private static JsonNode verify(int expected, String... arguments) {
    List<String> all = new ArrayList<>(List.of("verify-receipt", "--json"));
    all.addAll(List.of(arguments));
    StringWriter out = new StringWriter();
    int exit =
        PhalanxCommand.commandLine()
            .setOut(new PrintWriter(out))
            .execute(all.toArray(String[]::new));
    assertThat(exit).as(out.toString()).isEqualTo(expected);
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void provesAReceiptOffLine() throws IOException {
    try (ServedNode node = serve()) {
      charge(node, 3);
      String earlier = keep("earlier.json", node.get("/v1/log/head"));
      int before = receipts.size();
      chargeMore(node, 4);
      String id = receipts.get(1);
      Reply head = node.get("/v1/log/head");
      long size = head.json().path("treeSize").asLong();
      assertThat(size).isEqualTo(receipts.size());
      JsonNode verdict =
          verify(
              0,
              "--receipt",
              keep("receipt.json", node.get("/v1/receipts/" + id)),
              "--proof",
              keep("proof.json", node.get("/v1/receipts/" + id + "/proof?treeSize=" + size)),
              "--head",
              keep("head.json", head),
              "--key",
              keep("key.json", node.get("/v1/scheduler-key")),
              "--earlier-head",
              earlier,
              "--consistency",
              keep(
                  "consistency.json",
                  node.get("/v1/log/consistency?first=" + before + "&second=" + size)));
      assertThat(verdict.path("checks")).hasSize(5);
    }
  }

  /** More readings for the assignment that runs. */
  private void chargeMore(ServedNode node, int readings) {
    JsonNode order = node.awaitOrder(1);
    String assignment = "/v1/assignments/" + order.path("id").asString();
    long gas = order.path("lastGasUsed").asLong();
    long last = order.path("lastSequence").asLong();
    for (int i = 1; i <= readings; i++) {
      String reading =
          "{\"epoch\": %d, \"sequence\": %d, \"gasUsed\": %d}"
              .formatted(order.path("epoch").asLong(), last + i, gas + 10L * i);
      receipts.add(node.post(assignment + "/gas", reading).text("receiptId"));
    }
  }

  @Test
  void sealsSettlementsThatProveTheirReceipts() throws IOException {
    try (ServedNode node = serve()) {
      charge(node, 2);
      node.await("/v1/settlements", page -> page.path("items").size() == 1);
      Reply first = node.get("/v1/settlements/1");
      assertThat(first.json().path("treeSize").asLong()).isEqualTo(2);
      assertThat(first.json().path("previousRoot").isNull()).isTrue();
      String id = receipts.get(0);
      verify(
          0,
          "--receipt",
          keep("receipt.json", node.get("/v1/receipts/" + id)),
          "--proof",
          keep("proof.json", node.get("/v1/receipts/" + id + "/proof?treeSize=2")),
          "--head",
          keep("settlement.json", first),
          "--key",
          keep("key.json", node.get("/v1/scheduler-key")));
      Reply acknowledged =
          node.post("/v1/settlements/1/acknowledge", "{\"reference\": \"paid-1\"}");
      assertThat(acknowledged.text("state")).isEqualTo("Acknowledged");
      assertThat(acknowledged.text("signature")).isEqualTo(first.text("signature"));
      chargeMore(node, 1);
      node.await("/v1/settlements", page -> page.path("items").size() == 2);
      assertThat(node.get("/v1/settlements/2").text("previousRoot")).isEqualTo(first.text("root"));
    }
  }

  @Test
  void listsReceiptsByWhatTheyAreOf() {
    try (ServedNode node = serve()) {
      charge(node, 5);
      JsonNode all = node.get("/v1/receipts?order=asc").json().path("items");
      assertThat(all).hasSize(5);
      JsonNode receipt = all.get(0);
      assertThat(receipt.path("leafIndex").asLong()).isZero();
      assertThat(receipt.path("id").asString()).isEqualTo(receipts.get(0));
      assertThat(receipt.path("minerSignature").isNull()).isTrue();
      String deployment = receipt.path("deploymentId").asString();
      assertThat(items(node, "deployment=" + deployment)).isEqualTo(5);
      assertThat(items(node, "deployment=d-none")).isZero();
      assertThat(items(node, "miner=" + receipt.path("minerId").asString())).isEqualTo(5);
      JsonNode page = node.get("/v1/receipts?limit=2").json();
      assertThat(page.path("items").get(0).path("leafIndex").asLong()).isEqualTo(4);
      JsonNode next = node.get("/v1/receipts?limit=2&after=" + page.path("next").asString()).json();
      assertThat(next.path("items").get(0).path("leafIndex").asLong()).isEqualTo(2);
    }
  }

  private static int items(ServedNode node, String query) {
    return node.get("/v1/receipts?" + query).json().path("items").size();
  }

  @Test
  void showsADeveloperItsOwnOnly() {
    try (ServedNode node = serve()) {
      charge(node, 1);
      String path = "/v1/receipts/" + receipts.get(0);
      assertThat(node.get(path, "X-Developer", "ann").status()).isEqualTo(200);
      assertThat(node.get(path, "X-Developer", "bob").status()).isEqualTo(404);
      assertThat(node.get(path + "/proof", "X-Developer", "bob").status()).isEqualTo(404);
      assertThat(node.get("/v1/receipts", "X-Developer", "bob").json().path("items")).isEmpty();
    }
  }

  @Test
  void namesWhatIsOutsideOfTheLog() {
    try (ServedNode node = serve()) {
      charge(node, 2);
      String proof = "/v1/receipts/" + receipts.get(1) + "/proof";
      assertThat(node.get(proof + "?treeSize=1").status()).isEqualTo(422);
      assertThat(node.get(proof + "?treeSize=3").status()).isEqualTo(422);
      assertThat(node.get(proof).json().path("treeSize").asLong()).isEqualTo(2);
      assertThat(node.get("/v1/log/consistency?first=2&second=1").status()).isEqualTo(422);
      assertThat(node.get("/v1/log/consistency?first=1&second=3").status()).isEqualTo(422);
      assertThat(node.get("/v1/receipts/r-zz").status()).isEqualTo(404);
      assertThat(node.get("/v1/receipts/none").status()).isEqualTo(404);
    }
  }

  @Test
  void isBuiltAgainFromTheJournalWhenItIsLost() throws IOException {
    JsonNode head;
    JsonNode receipt;
    String signature;
    try (ServedNode node = serve()) {
      charge(node, 3);
      node.await("/v1/settlements", page -> page.path("items").size() == 1);
      head = node.get("/v1/log/head").json();
      receipt = node.get("/v1/receipts/" + receipts.get(2)).json();
      signature = node.get("/v1/settlements/1").text("signature");
    }
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("receipts.db" + end));
    }
    try (ServedNode node = serve()) {
      JsonNode again = node.get("/v1/log/head").json();
      assertThat(again.path("root")).isEqualTo(head.path("root"));
      assertThat(again.path("treeSize")).isEqualTo(head.path("treeSize"));
      assertThat(node.get("/v1/receipts/" + receipts.get(2)).json()).isEqualTo(receipt);
      assertThat(node.get("/v1/settlements/1").text("signature")).isEqualTo(signature);
    }
  }

  /** A log that cannot be written, as on a full disk, shows nothing rather than too little. */
  @Test
  void saysThatItIsBehindInsteadOfShowingLess() throws SQLException {
    try (ServedNode node = ServedNode.start(folder, Map.of())) {
      charge(node, 2);
      assertThat(node.get("/v1/log/head").json().path("treeSize").asLong()).isEqualTo(2);
      String url = "jdbc:sqlite:" + folder.resolve("receipts.db");
      try (Connection other = DriverManager.getConnection(url);
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        chargeMore(node, 1);
        for (String path : List.of("/v1/receipts/" + receipts.get(2), "/v1/log/head")) {
          Reply behind = node.get(path);
          assertThat(behind.status()).as(path).isEqualTo(503);
          assertThat(behind.header("Retry-After")).isNotEmpty();
        }
        String lag = "phalanx_receipts_lag 0.0";
        assertThat(node.get("/metrics").response().body())
            .contains("phalanx_receipts_lag ")
            .doesNotContain(lag);
        statement.execute("ROLLBACK");
      }
      node.await("/v1/log/head", head -> head.path("treeSize").asLong() == 3);
      assertThat(node.get("/v1/receipts/" + receipts.get(2)).status()).isEqualTo(200);
    }
  }

  @Test
  void isSignedByTheNextKeyFromItsTimeOn() throws IOException {
    List<String> of = new ArrayList<>();
    String earlier;
    try (ServedNode node = serve()) {
      charge(node, 2);
      node.await("/v1/settlements", page -> !page.path("items").isEmpty());
      earlier = keep("earlier.json", node.get("/v1/log/head"));
      of.addAll(List.of("--receipt", keep("r.json", node.get("/v1/receipts/" + receipts.get(0)))));
      String proof = "/v1/receipts/" + receipts.get(0) + "/proof?treeSize=2";
      String key = keep("key.json", node.get("/v1/scheduler-key"));
      String path = keep("p.json", node.get(proof));
      verify(0, with(of, "--proof", path, "--head", earlier, "--key", key));
    }
    Files.writeString(
        folder.resolve("scheduler-key.pem"),
        "valid-from: " + Instant.now() + "\n" + NEXT_KEY,
        StandardOpenOption.APPEND);
    try (ServedNode node = serve()) {
      chargeMore(node, 1);
      JsonNode keys = node.get("/v1/scheduler-key").json().path("keys");
      assertThat(keys).hasSize(2);
      assertThat(keys.get(0).path("validFrom").isNull()).isTrue();
      assertThat(keys.get(0).path("validUntil")).isEqualTo(keys.get(1).path("validFrom"));
      assertThat(keys.get(1).path("keyId").asString()).isEqualTo(NEXT_KEY_ID);
      Reply head = node.get("/v1/log/head");
      assertThat(head.text("keyId")).isEqualTo(NEXT_KEY_ID);
      String proof = "/v1/receipts/" + receipts.get(0) + "/proof?treeSize=3";
      String grown = "/v1/log/consistency?first=2&second=3";
      verify(
          0,
          with(
              of,
              "--proof",
              keep("p3.json", node.get(proof)),
              "--head",
              keep("head.json", head),
              "--key",
              keep("keys.json", node.get("/v1/scheduler-key")),
              "--earlier-head",
              earlier,
              "--consistency",
              keep("c.json", node.get(grown))));
      assertThat(node.get("/v1/settlements/1").text("keyId"))
          .as("what was of the first key's time")
          .isEqualTo(keys.get(0).path("keyId").asString());
      node.await(
          "/v1/settlements",
          page -> page.path("items").get(0).path("keyId").asString().equals(NEXT_KEY_ID));
    }
  }

  private static String[] with(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void hasNothingOfAReadingThatIsRefusedAndFlagged() {
    try (ServedNode node = ServedNode.start(folder, Map.of())) {
      charge(node, 1);
      JsonNode order = node.awaitOrder(1);
      String reading =
          "{\"epoch\": %d, \"sequence\": 9, \"gasUsed\": 9007199254740991}"
              .formatted(order.path("epoch").asLong());
      String gas = "/v1/assignments/" + order.path("id").asString() + "/gas";
      String miner = "/v1/miners/" + ServedNode.miner(1);
      assertThat(node.get(miner).json().path("flagged").isNull()).isTrue();
      assertThat(node.post(gas, reading).status()).isEqualTo(422);
      assertThat(node.post(gas, reading).status()).isEqualTo(422);
      JsonNode flagged = node.get(miner).json().path("flagged");
      assertThat(flagged.path("times").asLong()).isEqualTo(1);
      assertThat(flagged.path("lastAt").asString()).endsWith("Z");
      assertThat(node.get("/metrics").response().body())
          .contains("phalanx_readings_flagged_total 1.0");
      assertThat(node.get("/v1/log/head").json().path("treeSize").asLong()).isEqualTo(1);
    }
  }
}
