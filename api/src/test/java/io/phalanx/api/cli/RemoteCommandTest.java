package io.phalanx.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.ServedNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.ObjectMapper;

class RemoteCommandTest {
  private static final String REQUEST =
      """
      # what I want to run
      name: price-oracle
      codeHash: "0x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
      tiers: [1, 2, 3]
      maxGasPrice: "1000"
      budget: "5000000000000"
      labels:
        team: oracle
      """;

  @TempDir Path folder;

  private record Ran(int code, String out, String err) {}

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        PhalanxCommand.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int code = line.execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  private static Ran run(ServedNode node, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--url");
    all.add("http://127.0.0.1:" + node.port());
    return run(all.toArray(String[]::new));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("deployment.yaml"), text);
  }

  @Nested
  class Quote {
    @Test
    void isAskedForShownAndTaken() throws Exception {
      try (ServedNode node = ServedNode.start(folder.resolve("data"), Map.of())) {
        for (int n = 1; n <= 10; n++) {
          node.startMiner(n, "op-" + n, 2);
        }
        String file = write(REQUEST).toString();
        Ran asked = run(node, "quote", "-f", file, "--valid-for", "PT2M", "--json");
        assertThat(asked.err()).isEmpty();
        assertThat(asked.out()).contains("\"state\":\"Offered\"", "\"validFor\":\"PT2M\"");
        String id = asked.out().replaceFirst("(?s).*?\"id\":\"(q-[a-z0-9]+)\".*", "$1");
        assertThat(run(node, "quote", id).out()).contains("expiresAt");
        Ran taken = run(node, "deploy", "--quote", id, "--name", "mine");
        assertThat(taken.out()).endsWith(" is Placed\n");
        assertThat(run(node, "get").out()).contains("mine");
        Ran late = run(node, "quote", id, "--delete");
        assertThat(late.code()).isEqualTo(1);
        assertThat(late.err()).contains("redeemed");
      }
    }

    @Test
    void isListedAndGivenBack() throws Exception {
      try (ServedNode node = ServedNode.start(folder.resolve("data"), Map.of())) {
        for (int n = 1; n <= 10; n++) {
          node.startMiner(n, "op-" + n, 2);
        }
        String file = write(REQUEST).toString();
        Ran asked = run(node, "quote", "-f", file);
        assertThat(asked.out()).contains("Offered", "phalanx deploy --quote q-");
        String id = asked.out().replaceFirst("(?s).*--quote (q-[a-z0-9]+)\\s+", "$1");
        assertThat(run(node, "quote").out()).contains("EXPIRES AT", id);
        assertThat(run(node, "quote", id, "--delete").out()).contains("Withdrawn");
        assertThat(run(node, "quote", "--state", "Offered,Lacking").out()).doesNotContain(id);
        assertThat(run(node, "quote", "--state", "Withdrawn", "--json").out()).contains(id);
      }
    }
  }

  @Nested
  class Deploy {
    @Test
    void createsWhatTheFileSaysAndFollowsIt() throws Exception {
      try (ServedNode node = ServedNode.start(folder.resolve("data"), Map.of())) {
        Path file = write(REQUEST);
        Ran first = run(node, "deploy", "-f", file.toString(), "--idempotency-key", "once");
        assertThat(first.code()).isZero();
        assertThat(first.out()).endsWith(" is Pending\n");
        Ran again = run(node, "deploy", "-f", file.toString(), "--idempotency-key", "once");
        assertThat(again.out()).isEqualTo(first.out());
        String id = first.out().substring(0, first.out().indexOf(' '));
        assertThat(run(node, "get").out()).contains("ID", "price-oracle", "Pending");
        assertThat(run(node, "get", "--label", "team:other").out()).doesNotContain("price-oracle");
        assertThat(run(node, "get", id).out()).contains("codeHash  ", "team=oracle");
        assertThat(run(node, "explain", id).out())
            .startsWith("Not even the whole registered fleet could run it: 0 miners suit it.\n\n")
            .contains("verdict", "never");
        assertThat(run(node, "watch", id, "--until", "Pending").out())
            .isEqualTo("deployment " + id + " Pending\n");
        assertThat(run(node, "accounts", "dev").out()).contains("held       5000000000000");
        assertThat(run(node, "accounts", "dev", "--entries").out()).contains("KIND", id);
      }
    }

    @Test
    void explainsWithoutCreating() throws Exception {
      try (ServedNode node = ServedNode.start(folder.resolve("data"), Map.of())) {
        node.startMiner(1, "op-1", 4);
        Ran ran = run(node, "deploy", "--dry-run", "--json", "-f", write(REQUEST).toString());
        assertThat(ran.out()).contains("\"change\":{\"tiers\":[1,2,3,4]}");
        assertThat(run(node, "get", "--json").out()).isEmpty();
        assertThat(run(node, "miners").out()).contains(ServedNode.miner(1), "Idle");
        assertThat(run(node, "miners", "--tier", "1").out()).doesNotContain("Idle");
        assertThat(run(node, "miners", ServedNode.miner(1)).out()).contains("operator", "op-1");
        assertThat(run(node, "settlements").code()).isZero();
        assertThat(run(node, "cluster", "--json").out()).contains("\"leader\"");
      }
    }

    @Test
    void cordonsAndDrainsAMiner() throws Exception {
      try (ServedNode node = ServedNode.start(folder.resolve("data"), Map.of())) {
        node.startMiner(1, "op-1", 4);
        String miner = ServedNode.miner(1);
        Ran cordoned = run(node, "miners", miner, "--cordon", "disk", "--drain-within", "PT1H");
        assertThat(cordoned.code()).isZero();
        assertThat(cordoned.out()).contains("disk");
        assertThat(run(node, "miners", miner, "--uncordon").out()).doesNotContain("disk");
        assertThat(run(node, "miners", "--uncordon").code()).isEqualTo(2);
        assertThat(run(node, "miners", miner, "--drain-within", "PT1H").code()).isEqualTo(2);
        assertThat(run(node, "miners", miner, "--cordon", "a", "--uncordon").code()).isEqualTo(2);
      }
    }

    @Test
    void tellsEveryFaultThatTheServiceFound() throws Exception {
      try (ServedNode node = ServedNode.start(folder.resolve("data"), Map.of())) {
        Path file = write(REQUEST.replace("[1, 2, 3]", "[9]").replace("\"1000\"", "\"0\""));
        Ran ran = run(node, "deploy", "-f", file.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("/tiers", "/maxGasPrice").doesNotContain("Exception");
      }
    }

    @Test
    void refusesAFileThatIsNoRequest() throws Exception {
      for (String text : List.of("", "- 1", "a: 1\na: 2", "{", "tiers: [")) {
        Ran ran = run("deploy", "-f", write(text).toString());
        assertThat(ran.code()).as(text).isEqualTo(2);
        assertThat(ran.err()).startsWith("--file: ").doesNotContain("Exception");
      }
      assertThat(run("deploy", "-f", folder.resolve("none").toString()).code()).isEqualTo(2);
      assertThat(run("deploy").code()).isEqualTo(2);
    }
  }

  @Nested
  class Watch {
    @Test
    void endsWith1WhenWhatItWaitsForCannotComeAnyMore() throws Exception {
      try (ServedNode node = ServedNode.start(folder.resolve("data"), Map.of())) {
        String id = node.post("/v1/deployments", ServedNode.request("")).text("id");
        node.call("DELETE", "/v1/deployments/" + id, "");
        Ran ran = run(node, "watch", id, "--until", "Running");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEqualTo("deployment " + id + " Ended\n");
        assertThat(ran.err()).contains("not seen Running");
        assertThat(run(node, "watch", id, "--until", "Ended").code()).isZero();
      }
    }
  }

  @Nested
  class Mistake {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "get --limit 0",
          "get --limit many",
          "get --state Runing",
          "get --state Running,",
          "get --label oracle",
          "get --url http://a|b",
          "get --developer é",
          "get --key é",
          "get a b",
          "get --nonsense",
          "miners --state Lazy",
          "miners zz",
          "explain d-1 --miner zz",
          "receipts --miner zz",
          "settlements first",
          "miners --limit -1",
          "miners MINER --cordon disk --drain-within tomorrow",
          "settlements --state Paid",
          "settlements --limit 0",
          "receipts --limit 0",
          "accounts",
          "accounts dev --entries --limit 0",
          "explain",
          "watch --until Running",
          "watch d-1 --until Runing",
          "watch d-1 --until Running --kind assignment",
          "watch --kind weather",
          "deploy",
          "deploy -f FILE --quote q-1",
          "deploy -f FILE --name x",
          "deploy -f FILE --dry-run --watch",
          "deploy -f FILE --idempotency-key é",
          "deploy --quote q-1 --dry-run",
          "quote q-1 -f FILE",
          "quote --delete",
          "quote --valid-for PT1M",
          "quote -f FILE --valid-for soon",
          "quote --state Sold",
          "keys",
          "keys list --limit 0",
          "keys create --role king --name x",
          "keys revoke",
          "schema poem",
          "serve --port 70000",
          "serve --settlement-period soon",
          "serve --config none.yaml",
          "demo --miner-count 0",
          "demo --rate -1",
          "demo --speed 0",
          "demo --duration PT0S",
          "demo --duration soon",
          "demo --port 70000",
          "simulate --url nowhere",
          "simulate --payout-port -1",
          "simulate --key-file none",
          "audit --data none",
          "plan",
          "plan --miners none --deployments none --json",
          "plan --round none",
          "verify-receipt",
          "verify-receipt --receipt none --proof none --head none --key none",
          "attest --quote none --collateral none --at 1",
          "attest --quote none",
        })
    void isSaidInASentenceAndEndsWith2(String line) throws Exception {
      String[] arguments =
          line.replace("FILE", write(REQUEST).toString())
              .replace("MINER", ServedNode.miner(1))
              .split(" ", -1);
      Ran ran = run(arguments);
      assertThat(ran.code()).as(ran.err()).isEqualTo(2);
      assertThat(ran.err()).isNotBlank().doesNotContain("Exception", "\tat ");
      assertThat(ran.out()).isEmpty();
    }
  }

  @Nested
  class Json {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "get",
          "get ID",
          "explain ID",
          "explain ID --miner MINER",
          "watch ID --until Pending",
          "miners",
          "miners MINER",
          "miners MINER --cordon disk",
          "accounts dev",
          "accounts dev --entries",
          "settlements",
          "receipts",
          "cluster",
          "quote",
          "keys list",
          "keys create --role developer --name alice",
          "deploy -f FILE",
          "deploy -f FILE --dry-run",
        })
    void isOneDocumentInEachLine(String line) throws Exception {
      try (ServedNode node = ServedNode.start(folder.resolve("data"), Map.of())) {
        node.startMiner(1, "op-1", 4);
        String id = node.post("/v1/deployments", ServedNode.request("")).text("id");
        String arguments =
            line.replace("ID", id)
                .replace("MINER", ServedNode.miner(1))
                .replace("FILE", write(REQUEST).toString());
        Ran ran = run(node, (arguments + " --json").split(" ", -1));
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        ObjectMapper json = new ObjectMapper();
        for (String document : ran.out().lines().toList()) {
          assertThat(json.readTree(document).isObject()).as(document).isTrue();
        }
      }
    }
  }

  @Nested
  class Service {
    @Test
    void thatIsNotThereIsNamed() throws Exception {
      int free;
      try (ServerSocket socket = new ServerSocket(0)) {
        free = socket.getLocalPort();
      }
      Ran ran = run("get", "--url", "http://127.0.0.1:" + free);
      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.err())
          .startsWith("no answer from http://127.0.0.1:" + free + ": nothing listens there\n")
          .contains("phalanx serve", "--url");
    }

    @Test
    void hasAnAddressThatCanBeUsed() {
      assertThat(run("get", "--url", "ftp://x").code()).isEqualTo(2);
      assertThat(run("get", "--url", "http:///").err()).contains("--url");
      assertThat(run("get", "--key-file", folder.resolve("no").toString()).code()).isEqualTo(2);
    }

    @Test
    void saysWhenThereIsNoSuchThing() {
      try (ServedNode node = ServedNode.start(folder.resolve("data"), Map.of())) {
        Ran ran = run(node, "get", "../accounts/dev");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).isNotEmpty().doesNotContain("Exception");
        assertThat(run(node, "miners", ServedNode.miner(7)).code()).isEqualTo(1);
      }
    }
  }
}
