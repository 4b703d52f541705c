package io.phalanx.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

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
}
