package io.phalanx.api.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.cli.PhalanxCommand;
import io.phalanx.api.support.ServedNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** A round is asked for over HTTP as it was recorded, and planned again from the file. */
class RecordedRoundTest {
  private static final int MINERS = 12;

  @TempDir private Path folder;

  private record Run(int exit, String out, String err) {}

  private static Run plan(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = new String[arguments.length + 1];
    all[0] = "plan";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    int exit =
        PhalanxCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all);
    return new Run(exit, out.toString(), err.toString());
  }

  private ServedNode node() {
    return ServedNode.start(folder.resolve("data"), Map.of());
  }

  /** Deployments that wait for miners, and then the miners, so that several rounds must choose. */
  private static void makeRounds(ServedNode node) {
    for (int i = 0; i < 8; i++) {
      String wishes =
          "\"replicas\": %d, \"minReplicas\": 1, \"maxPerOperator\": 0, \"regions\": [\"eu\"],"
              + " \"denyOperators\": [\"op-9\"], \"preference\": \"%s\", \"maxGasPrice\": \"%d\"";
      String more = wishes.formatted(1 + i % 3, i % 2 == 0 ? "secure" : "cheap", 1000 + 10 * i);
      String request = ServedNode.request("").replace("\"maxGasPrice\": \"1000\", ", "");
      assertThat(
              node.post("/v1/deployments", request.replace("}", "") + ", " + more + "}").status())
          .isEqualTo(201);
    }
    for (int n = 1; n <= MINERS; n++) {
      node.startMiner(n, "op-" + n % 4, 1 + n % 3);
    }
    node.await("/v1/miners?state=Active", miners -> miners.path("items").size() == MINERS);
  }

  private Path full(ServedNode node, int number) throws IOException {
    ServedNode.Reply reply = node.get("/v1/rounds/" + number + "?full=true");
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    return Files.writeString(folder.resolve(number + ".json"), reply.response().body());
  }

  @Nested
  class Full {
    @Test
    void holdsTheProblemThatTheRoundSawAndEveryLine() throws IOException {
      try (ServedNode node = node()) {
        makeRounds(node);
        JsonNode rounds = node.get("/v1/rounds?order=asc").json().path("items");
        assertThat(rounds).isNotEmpty();
        for (JsonNode round : rounds) {
          int number = round.path("number").asInt();
          JsonNode full = new ObjectMapper().readTree(Files.readString(full(node, number)));
          assertThat(full.path("problem").path("miners")).hasSize(round.path("miners").asInt());
          assertThat(full.path("problem").path("deployments"))
              .hasSize(round.path("deployments").asInt());
          assertThat(full.path("plan"))
              .hasSize(round.path("placedReplicas").asInt() + full.path("dropped").size());
          assertThat(full.path("limits").path("seed")).isEqualTo(round.path("seed"));
          assertThat(full.path("valueBound")).isEqualTo(round.path("valueBound"));
        }
      }
    }

    @Test
    void isLeftOutUnlessAskedForAndMissingWhereThereIsNoRound() {
      try (ServedNode node = node()) {
        makeRounds(node);
        assertThat(node.get("/v1/rounds/1").json().has("problem")).isFalse();
        assertThat(node.get("/v1/rounds/99999?full=true").status()).isEqualTo(404);
      }
    }
  }

  @Nested
  class Plan {
    @Test
    void isTheSameAgainForARoundThatDecidedQuotes() throws IOException {
      try (ServedNode node = node()) {
        for (int n = 1; n <= 20; n++) {
          node.startMiner(n, "op-" + n % 4, 1 + n % 3);
        }
        assertThat(node.post("/v1/quotes", ServedNode.request("\"replicas\": 2")).status())
            .isEqualTo(201);
        assertThat(node.post("/v1/quotes", ServedNode.request("")).status()).isEqualTo(409);
        for (JsonNode round : node.get("/v1/rounds").json().path("items")) {
          Path file = full(node, round.path("number").asInt());
          Run run = plan("--round", file.toString(), "--json");
          assertThat(run.exit).as(run.err).isZero();
        }
      }
    }

    @Test
    void isTheSameAgainAlsoAfterARestart() throws IOException {
      try (ServedNode node = node()) {
        makeRounds(node);
      }
      try (ServedNode node = node()) {
        JsonNode rounds = node.get("/v1/rounds").json().path("items");
        for (JsonNode round : rounds) {
          Path file = full(node, round.path("number").asInt());
          Path out = folder.resolve("p.csv");
          Run run = plan("--round", file.toString(), "--out", out.toString(), "--json");
          assertThat(run.exit).as(run.err).isZero();
          JsonNode figures = new ObjectMapper().readTree(run.out);
          assertThat(figures.path("value")).isEqualTo(round.path("value"));
          assertThat(figures.path("valueBound")).isEqualTo(round.path("valueBound"));
          assertThat(figures.path("fit")).isEqualTo(round.path("fit"));
          assertThat(Files.readAllLines(out)).hasSize(1 + figures.path("placedReplicas").asInt());
        }
      }
    }

    @Test
    void namesEveryLineThatDiffersAndEndsWith1() throws IOException {
      try (ServedNode node = node()) {
        makeRounds(node);
        ObjectMapper json = new ObjectMapper();
        Path file = full(node, 1);
        ObjectNode full = (ObjectNode) json.readTree(Files.readString(file));
        ((ObjectNode) full.path("plan").get(0)).put("minerId", "f".repeat(64));
        Files.writeString(file, full.toString());
        Run run = plan("--round", file.toString());
        assertThat(run.exit).isEqualTo(1);
        assertThat(run.err)
            .contains("not planned again: ")
            .contains("on " + "f".repeat(64))
            .contains("not recorded: ");
      }
    }

    @Test
    void endsWith2OnWhatIsNoRecordedRound() throws IOException {
      Path file = folder.resolve("r.json");
      assertThat(plan("--round", file.toString()).exit).isEqualTo(2);
      for (String text :
          new String[] {
            "",
            "[]",
            "{",
            "{\"problem\": null, \"limits\": null, \"plan\": null}",
            "{\"number\": 1}",
            "{\"problem\": {}, \"limits\": {}, \"plan\": []}"
          }) {
        Files.writeString(file, text);
        Run run = plan("--round", file.toString(), "--json");
        assertThat(run.exit).as(text).isEqualTo(2);
        assertThat(run.out).as(text).isEmpty();
        assertThat(run.err).as(text).contains("r.json");
      }
    }

    @Test
    void endsWith2OnFlagsThatTheFileDecides() {
      Run run = plan("--round", "any.json", "--seed", "4");
      assertThat(run.exit).isEqualTo(2);
      assertThat(run.err).contains("--seed");
    }
  }
}
