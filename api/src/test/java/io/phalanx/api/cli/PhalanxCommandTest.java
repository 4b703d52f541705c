package io.phalanx.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.ServedNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class PhalanxCommandTest {
  private record Run(int exit, String out, String err) {}

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        PhalanxCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exit = line.execute(arguments);
    return new Run(exit, out.toString(), err.toString());
  }

  @Test
  void saysItsVersion() {
    Run run = run("--version");
    assertThat(run.exit).isZero();
    assertThat(run.out).startsWith("phalanx ");
  }

  @Test
  void endsWith2WhenItIsNotUnderstood() {
    assertThat(run("conquer").exit).isEqualTo(2);
    assertThat(run("serve", "--port", "many").exit).isEqualTo(2);
    Run plan = run("plan");
    assertThat(plan.exit).isEqualTo(2);
    assertThat(plan.err).contains("--miners").contains("--deployments");
  }

  @Test
  void helpsWithEveryCommand() {
    for (String command : PhalanxCommand.commandLine().getSubcommands().keySet()) {
      Run run = run(command, command.equals("help") ? "serve" : "--help");
      assertThat(run.exit).as(command).isZero();
      assertThat(run.out).as(command).startsWith("Usage: phalanx ");
    }
  }

  @Nested
  class Serve {
    @Test
    void namesEveryFaultOfItsConfiguration(@TempDir Path folder) throws IOException {
      Path file = Files.writeString(folder.resolve("node.yaml"), "lissten: 5\nauth: maybe\n");
      Run run = run("serve", "--config", file.toString(), "--settlement-period", "P1Y");
      assertThat(run.exit).isEqualTo(2);
      assertThat(run.err).contains("lissten").contains("auth").contains("settlement-period");
    }

    @Test
    void isRefusedASecondTimeOnTheSameData(@TempDir Path folder) {
      try (ServedNode node = ServedNode.start(folder, Map.of())) {
        Run run = run("serve", "--port", "0", "--data", folder.toString());
        assertThat(run.exit).isEqualTo(1);
        assertThat(run.err).contains(Long.toString(ProcessHandle.current().pid()));
        assertThat(node.get("/health/ready").status()).isEqualTo(200);
      }
    }

    @Test
    void saysThatItsPortIsInUse(@TempDir Path folder) throws IOException {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      try (ServerSocket taken = new ServerSocket(0, 1, loopback)) {
        String port = Integer.toString(taken.getLocalPort());
        Run run = run("serve", "--port", port, "--data", folder.toString());
        assertThat(run.exit).isEqualTo(1);
        assertThat(run.err).contains("127.0.0.1:" + port, "in use", "--port");
      }
    }

    @Test
    void knowsNoOtherWayToAskWhoCalls(@TempDir Path folder) {
      Run run = run("serve", "--auth", "maybe", "--port", "0", "--data", folder.toString());
      assertThat(run.exit).isEqualTo(2);
      assertThat(run.err).contains("auth");
    }

    @Test
    void printsTheAdminKeyAtTheFirstStartOnly(@TempDir Path folder)
        throws IOException, InterruptedException {
      assertThat(firstLine(folder)).startsWith("The admin key, shown this once: phx_k-");
      assertThat(firstLine(folder)).startsWith("Phalanx is ready at ").endsWith(" (keys)");
    }

    /** What a process of its own says first; then it is told to stop. */
    private String firstLine(Path folder) throws IOException, InterruptedException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "io.phalanx.api.Main",
                  "serve",
                  "--auth",
                  "keys",
                  "--port",
                  "0",
                  "--data",
                  folder.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return process
            .inputReader()
            .lines()
            .filter(line -> line.contains(" ") && !line.startsWith("time="))
            .findFirst()
            .orElse("nothing");
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
  }

  @Nested
  class Plan {
    @TempDir private Path folder;

    private String file(String name, String text) throws IOException {
      return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void writesThePlanAndItsFigures() throws IOException {
      String miners = file("m.csv", "id,tier,performance,operator,region,ask\nm1,1,900,o,eu,5\n");
      String deployments =
          file("d.csv", "id,accepted_tiers,min_performance,replicas,max_gas_price\nd1,1|2,1,1,9\n");
      String out = folder.resolve("p.csv").toString();
      Run run =
          run("plan", "--miners", miners, "--deployments", deployments, "--out", out, "--json");
      assertThat(run.exit).as(run.err).isZero();
      JsonNode figures = new ObjectMapper().readTree(run.out);
      assertThat(figures.path("placedReplicas").asInt()).isEqualTo(1);
      assertThat(figures.path("millis").path("total").isNumber()).isTrue();
      assertThat(Path.of(out)).content().startsWith("deployment,replica,miner,fit\nd1,0,m1,");
    }

    @Test
    void namesEveryFaultOfItsFiles() throws IOException {
      String miners = file("m.csv", "id,tier,performance,operator,region,ask\nm1,9,x,o,eu,5\n");
      String deployments = file("d.csv", "id,accepted_tiers\nd1,1\n");
      Run run = run("plan", "--miners", miners, "--deployments", deployments, "--json");
      assertThat(run.exit).isEqualTo(2);
      assertThat(run.out).isEmpty();
      assertThat(run.err).contains("tier").contains("performance").contains("min_performance");
    }

    @Test
    void refusesFiguresThatCannotBeMeant() throws IOException {
      String any = file("a.csv", "id\n");
      Run run = run("plan", "--miners", any, "--deployments", any, "--repeat", "0");
      assertThat(run.exit).isEqualTo(2);
      assertThat(run.err).contains("repeat");
    }
  }
}
