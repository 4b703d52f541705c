package io.phalanx.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

final class DemoCommandTest {

  @Test
  void namesEveryFileThatIsNotThereBeforeAnythingStarts() {
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new DemoCommand())
            .setErr(new PrintWriter(err))
            .execute("--miners", "no-such-miners.csv", "--deployments", "no-such-demand.csv");
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "--miners: there is no file no-such-miners.csv",
            "--deployments: there is no file no-such-demand.csv");
  }

  @Test
  void runsWithAKeyForEverybodyAndMinersThatSign() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new DemoCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(
                "--auth",
                "keys",
                "--miner-count",
                "40",
                "--rate",
                "5",
                "--duration",
                "PT5S",
                "--json");
    assertThat(exit).as(out + "" + err).isZero();
    JsonNode summary = new ObjectMapper().readTree(out.toString());
    assertThat(summary.path("replicasPlaced").asLong()).as(out.toString()).isPositive();
    assertThat(summary.path("readings").asLong()).isPositive();
    assertThat(summary.path("gasCharged").asLong()).isPositive();
    assertThat(summary.path("violations").asLong()).isZero();
    List<String> refusals = List.of("401", "403", "unauthenticated", "forbidden");
    assertThat(summary.path("errors").toString()).doesNotContain(refusals);
  }
}
