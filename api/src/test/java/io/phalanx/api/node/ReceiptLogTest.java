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
}
