package io.phalanx.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.merkle.MerkleTree;
import io.phalanx.scheduler.merkle.TreeGrowth;
import io.phalanx.scheduler.proof.Receipt;
import io.phalanx.scheduler.proof.SigningKey;
import io.phalanx.scheduler.proof.TreeHead;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class VerifyReceiptCommandTest {
  private static final SigningKey KEY = SigningKey.of(new byte[SigningKey.SEED_BYTES]);
  private static final int SIZE = 7;
  private static final int EARLIER = 3;

  @TempDir Path folder;
  private final List<Hash> leaves = new ArrayList<>();

  private record Run(int exit, String out, String err) {}

  @BeforeEach
  void writeWhatAServiceAnswers() throws IOException {
    for (int i = 0; i < SIZE; i++) {
      leaves.add(receipt(i).leaf());
    }
    MerkleTree tree = new MerkleTree((level, index) -> leaves, SIZE);
    write("receipt.json", receipt(4).json().put("leafIndex", 4));
    ObjectNode proof = JsonNodeFactory.instance.objectNode().put("leafIndex", 4);
    proof.put("treeSize", SIZE).set("path", path(tree.inclusion(4, SIZE).path()));
    write("proof.json", proof);
    write("head.json", head(SIZE));
    write("earlier.json", head(EARLIER));
    ObjectNode consistency = JsonNodeFactory.instance.objectNode();
    consistency.set("path", path(tree.consistency(EARLIER, SIZE).path()));
    write("consistency.json", consistency);
    Files.writeString(folder.resolve("key.hex"), KEY.keyId() + "\n");
  }

  private static Receipt receipt(int number) {
    return new Receipt(
        Receipt.idAt(number + 1),
        new DeploymentId("d-1"),
        new AssignmentId("a-1"),
        new MinerId("cd".repeat(32)),
        1,
        number,
        10,
        GasPrice.of(5),
        Amount.of(40),
        Amount.of(10),
        "2026-01-01T00:00:00.000Z",
        "c2lnbmF0dXJl");
  }

  private ObjectNode head(int size) {
    TreeGrowth growth = new TreeGrowth();
    leaves.subList(0, size).forEach(growth::append);
    return new TreeHead(size, growth.root(), 1_767_225_600_000L).signed(KEY);
  }

  private static ArrayNode path(List<Hash> hashes) {
    ArrayNode path = JsonNodeFactory.instance.arrayNode();
    hashes.forEach(hash -> path.add(hash.hex()));
    return path;
  }

  private void write(String name, ObjectNode content) throws IOException {
    Files.writeString(folder.resolve(name), content.toPrettyString());
  }

  private void alter(String name, String from, String to) throws IOException {
    Path file = folder.resolve(name);
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private Run verify(String... more) {
    List<String> arguments = new ArrayList<>(List.of("verify-receipt"));
    arguments.addAll(List.of("--receipt", file("receipt.json"), "--proof", file("proof.json")));
    arguments.addAll(List.of("--head", file("head.json"), "--key", file("key.hex")));
    arguments.addAll(List.of(more));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        PhalanxCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exit = line.execute(arguments.toArray(String[]::new));
    return new Run(exit, out.toString(), err.toString());
  }

  private Run verifyGrowth(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--earlier-head", file("earlier.json"), "--consistency"));
    arguments.add(file("consistency.json"));
    arguments.addAll(List.of(more));
    return verify(arguments.toArray(String[]::new));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void endsWith0ForAProvenReceipt() {
    Run run = verifyGrowth();
    assertThat(run.exit).as(run.out + run.err).isZero();
    assertThat(run.out).contains("The receipt is proven.").contains("leaf 4 of 7");
  }

  @Test
  void takesTheKeysAsTheServiceAnswersThem() throws IOException {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putArray("keys")
        .addObject()
        .put("keyId", KEY.keyId())
        .put("publicKey", KEY.keyId())
        .put("validFrom", "2025-01-01T00:00:00.000Z")
        .putNull("validUntil");
    write("key.hex", answer);
    assertThat(verify().exit).isZero();
  }

  @Test
  void endsWith1AndNamesTheCheckThatFailed() throws IOException {
    alter("receipt.json", "\"fee\" : \"40\"", "\"fee\" : \"41\"");
    Run run = verifyGrowth("--json");
    assertThat(run.exit).isEqualTo(1);
    JsonNode answer = new ObjectMapper().readTree(run.out);
    assertThat(answer.path("valid").booleanValue()).isFalse();
    List<String> failed = new ArrayList<>();
    for (JsonNode check : answer.path("checks")) {
      if (!check.path("passed").booleanValue()) {
        failed.add(check.path("check").stringValue());
      }
    }
    assertThat(failed).containsExactly("receipt", "inclusion");
  }

  @Test
  void endsWith1ForALogThatChangedItsPast() throws IOException {
    leaves.set(0, receipt(99).leaf());
    write("earlier.json", head(EARLIER));
    Run run = verifyGrowth();
    assertThat(run.exit).isEqualTo(1);
    assertThat(run.out).contains("FAILED  consistency").contains("NOT proven");
  }

  @Test
  void endsWith2ForFilesThatAreNone() throws IOException {
    assertThat(verify("--earlier-head", file("earlier.json")).exit).isEqualTo(2);
    alter("head.json", "{", "{\"treeSize\": 7,");
    Run twice = verify();
    assertThat(twice.exit).isEqualTo(2);
    assertThat(twice.err).contains("head.json");
    Files.delete(folder.resolve("head.json"));
    assertThat(verify().exit).isEqualTo(2);
  }

  @Test
  void refusesAKeyUnderWhichOneSignatureFitsEveryMessage() throws IOException {
    Files.writeString(folder.resolve("key.hex"), "01" + "00".repeat(31));
    Run run = verify();
    assertThat(run.exit).isEqualTo(2);
    assertThat(run.err).contains("key.hex");
  }
}
