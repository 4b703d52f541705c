package io.phalanx.loadtests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.phalanx.loadtests.cluster.PartitionShape.Cut;
import io.phalanx.loadtests.process.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Needs root, and says so where it is skipped. */
final class NamespacesIT {
  private static final int NODES = 2;
  private static final long GONE_WITHIN_MS = 10_000;

  @BeforeEach
  void canBeMadeHere() throws InterruptedException {
    Optional<String> missing = Namespaces.missing();
    assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
  }

  /** Makes namespaces with a process in one of them, says so, and waits to be killed. */
  public static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      Namespaces spaces = Namespaces.make(NODES);
      List<String> command = new ArrayList<>(spaces.within(0));
      command.addAll(List.of("sleep", "600"));
      Process inside = new ProcessBuilder(command).start();
      System.out.println(inside.pid());
      System.out.flush();
      inside.waitFor();
    }
  }

  private static String all() throws InterruptedException {
    return Command.run("ip", "netns", "list") + Command.run("ip", "-o", "link", "show");
  }

  private static boolean reaches(Namespaces spaces, int from, int to) throws InterruptedException {
    String address = spaces.address(to);
    List<String> command = new ArrayList<>(spaces.within(from));
    command.addAll(
        List.of("timeout", "1", "bash", "-c", "exec 3<>/dev/tcp/" + address + "/9; echo reached"));
    try {
      Command.run(command, "");
      return true;
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage()).contains("refused"); // by a host that was reached
    }
  }

  @Nested
  class Cutting {
    @Test
    void losesWhatGoesOneWayUntilItHeals() throws InterruptedException {
      try (Namespaces spaces = Namespaces.make(NODES)) {
        assertThat(reaches(spaces, 0, 1)).isTrue();
        assertThat(spaces.dropped()).isZero();

        spaces.cut(Set.of(new Cut(0, 1)));
        assertThat(reaches(spaces, 0, 1)).isFalse();
        assertThat(reaches(spaces, 0, PartitionShape.STORE)).isTrue();
        assertThat(spaces.dropped()).isPositive();

        spaces.heal();
        assertThat(reaches(spaces, 0, 1)).isTrue();
      }
    }
  }

  @Nested
  class TheirEnd {
    @Test
    void leavesNothing() throws InterruptedException {
      Namespaces spaces = Namespaces.make(NODES);
      String prefix = "phx" + ProcessHandle.current().pid();
      assertThat(all()).contains(prefix);
      spaces.close();
      assertThat(all()).doesNotContain(prefix);
    }

    @Test
    void comesWithThatOfTheirProcessEvenIfItIsKilled() throws IOException, InterruptedException {
      Process holder =
          new ProcessBuilder(JavaCommand.of(Holder.class, List.of("-Xmx64m"), List.of()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String prefix = "phx" + holder.pid();
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
      ProcessHandle inside =
          ProcessHandle.of(Long.parseLong(Objects.requireNonNull(said.readLine()))).orElseThrow();
      assertThat(all()).contains(prefix);

      holder.destroyForcibly().waitFor();
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GONE_WITHIN_MS);
      while ((inside.isAlive() || all().contains(prefix)) && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(inside.isAlive()).as("what ran in a namespace").isFalse();
      assertThat(all()).doesNotContain(prefix);
    }
  }
}
