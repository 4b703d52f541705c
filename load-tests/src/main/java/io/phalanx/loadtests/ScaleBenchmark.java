package io.phalanx.loadtests;

import io.phalanx.loadtests.process.TemporaryFolder;
import io.phalanx.loadtests.scale.Scale;
import io.phalanx.loadtests.scale.ScalePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What clusters of several sizes take and what an operation costs leader, followers and database,
 * and a page of it with what that says of more nodes.
 *
 * <p>Arguments: {@code --nodes 1,2,3 --connections 48 --windows 3 --seconds 4 --warm-up 6 --heap 1g
 * --probes 200 --out docs/benchmarks/scale}; without {@code --out} nothing is written.
 */
public final class ScaleBenchmark {
  private ScaleBenchmark() {}

  public static void main(String[] args) throws InterruptedException, IOException {
    Arguments arguments =
        Arguments.of(
            args,
            Set.of(
                "nodes", "connections", "windows", "seconds", "warm-up", "heap", "probes", "out"),
            Set.of());
    List<Integer> nodes =
        Arrays.stream(arguments.text("nodes", "1,2,3").split(",")).map(Integer::valueOf).toList();
    ScalePlan plan =
        new ScalePlan(
            nodes,
            arguments.number("connections", 48),
            arguments.number("windows", 3),
            Duration.ofSeconds(arguments.number("seconds", 4)),
            Duration.ofSeconds(arguments.number("warm-up", 6)),
            arguments.text("heap", "1g"),
            arguments.number("probes", 200));
    try (TemporaryFolder folder = TemporaryFolder.make("phalanx-scale")) {
      List<String> page = Scale.run(folder.path(), plan, System.out::println);
      if (arguments.has("out")) {
        Scale.write(Path.of(arguments.text("out", "")), page);
      } else {
        page.forEach(System.out::println);
      }
    }
  }
}
