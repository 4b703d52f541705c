package io.phalanx.api.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.phalanx.api.cli.PhalanxCommand;
import io.phalanx.api.support.ServedNode;
import io.phalanx.api.support.SharedData;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What a demo leaves behind adds up, and proves itself without the service. */
class FinishedDemoTest {
  private static final int VERIFIED = 20;

  @TempDir private Path folder;

  private static String run(int expected, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        PhalanxCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    assertThat(exit).as(out + "" + err).isEqualTo(expected);
    return out.toString();
  }

  private Path demo(String... more) {
    Path kept = folder.resolve("kept");
    List<String> arguments =
        new ArrayList<>(List.of("demo", "--keep", kept.toString(), "--duration", "PT6S"));
    arguments.addAll(List.of(more));
    run(0, arguments.toArray(String[]::new));
    return kept;
  }

  private static void assertTheBooksAddUp(Path kept) {
    JsonNode report =
        new ObjectMapper()
            .readTree(run(0, "audit", "--data", kept.toString(), "--accounts", "--json"));
    BigInteger sum = BigInteger.ZERO;
    List<String> kinds = new ArrayList<>();
    for (Map.Entry<String, JsonNode> account : report.path("accounts").properties()) {
      BigInteger pico = new BigInteger(account.getValue().asString());
      sum = sum.add(pico);
      kinds.add(account.getKey().replaceAll(":.*", ""));
      assertThat(pico.signum())
          .as(account.getKey())
          .isEqualTo(account.getKey().equals("external") ? -1 : 1);
    }
    assertThat(sum).isZero();
    assertThat(report.path("accountsSum").asString()).isEqualTo("0");
    assertThat(kinds).contains("available", "treasury", "settled", "external");
    String text = run(0, "audit", "--data", kept.toString(), "--accounts");
    assertThat(text.lines()).contains("sum 0").hasSize(kinds.size() + 2);
  }

  private Path keep(String name, ServedNode.Reply answer) throws IOException {
    assertThat(answer.status()).isEqualTo(200);
    return Files.writeString(folder.resolve(name), answer.response().body());
  }

  @Test
  void hasBooksThatSumToZeroAndReceiptsThatAreProvenOffLine() throws IOException {
    Path kept = demo("--miner-count", "30", "--rate", "5");
    assertTheBooksAddUp(kept);
    List<String[]> proofs = new ArrayList<>();
    Path head;
    Path key;
    try (ServedNode node = ServedNode.start(kept, Map.of())) {
      head = keep("head.json", node.get("/v1/log/head"));
      key = keep("key.json", node.get("/v1/scheduler-key"));
      for (JsonNode item : node.get("/v1/receipts?limit=" + VERIFIED).json().path("items")) {
        String path = "/v1/receipts/" + item.path("id").asString();
        proofs.add(
            new String[] {
              keep(item.path("id").asString() + ".json", node.get(path)).toString(),
              keep(item.path("id").asString() + "-proof.json", node.get(path + "/proof")).toString()
            });
      }
    }
    assertThat(proofs).isNotEmpty();
    for (String[] proof : proofs) {
      String verdict =
          run(
              0,
              "verify-receipt",
              "--receipt",
              proof[0],
              "--proof",
              proof[1],
              "--head",
              head.toString(),
              "--key",
              key.toString(),
              "--json");
      assertThat(new ObjectMapper().readTree(verdict).path("valid").asBoolean()).isTrue();
    }
  }

  @Test
  void hasBooksThatSumToZeroOnARecordedFleet() {
    Optional<Path> fleet = SharedData.find("fleets/phala-a-contended");
    assumeTrue(fleet.isPresent(), "the shared data is not there");
    Path kept =
        demo(
            "--miners",
            fleet.get().resolve("miners.csv").toString(),
            "--deployments",
            fleet.get().resolve("deployments.csv").toString(),
            "--speed",
            "100");
    assertTheBooksAddUp(kept);
  }

  @Test
  void isNeverPutOverSomethingElse() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Files.writeString(taken.resolve("mine"), "mine");
    run(2, "demo", "--keep", taken.toString());
    assertThat(Files.readString(taken.resolve("mine"))).isEqualTo("mine");
  }
}
