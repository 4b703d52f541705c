package io.phalanx.loadtests.border;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is slow or loud costs the others nothing. */
@Tag("faults")
final class BorderIT {
  private static final int EACH = Integer.getInteger("phalanx.slow-clients", 1_000);
  private static final Duration FLOOD =
      Duration.ofSeconds(Integer.getInteger("phalanx.flood-s", 6));
  private static final int SERVED_PERMILLE = 999;

  @TempDir Path folder;

  @Nested
  class SlowClients {

    @Test
    void areGotRidOfWhileTheHonestAreServed() throws Exception {
      assumeThat(Files.isDirectory(Path.of("/proc/self/fd"))).as("what a process holds").isTrue();
      SlowClientsRun.Report report = SlowClientsRun.run(folder, EACH);
      System.out.println(report.text());
      assertThat(SlowClientsRun.isCrowded(report)).as("held at the same time").isTrue();
      assertThat(SlowClientsRun.isCleared(report)).as("closed").isTrue();
      assertThat(report.servedPermille()).as("honest").isGreaterThanOrEqualTo(SERVED_PERMILLE);
    }
  }

  @Nested
  class AFlood {

    @Test
    void isToldToWaitAndTheHonestAreNot() throws Exception {
      FloodRun.Report report = FloodRun.run(folder, FLOOD);
      System.out.println(report.text());
      assertThat(report.flooded(429)).as("told to wait").isPositive();
      assertThat(report.flooded(200)).as("its share").isPositive();
      assertThat(report.honest().keySet()).as("answers to the honest").doesNotContain(429);
      assertThat(report.servedPermille()).as("honest").isGreaterThanOrEqualTo(SERVED_PERMILLE);
    }
  }
}
