package io.phalanx.loadtests;

import io.phalanx.loadtests.cluster.ClusterLoad;
import io.phalanx.loadtests.cluster.PartitionPlan;
import io.phalanx.loadtests.cluster.PartitionReport;
import io.phalanx.loadtests.cluster.PartitionRun;
import io.phalanx.loadtests.cluster.PartitionShape;
import io.phalanx.loadtests.process.TemporaryFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Three real nodes and a real PostgreSQL in network namespaces of their own, whose network falls
 * apart under HTTP load, held against all that they had acknowledged. Needs root, and {@code ip}
 * and {@code nft}. Ends 1 if anything is lost, doubled or violated, and 2 where it cannot be run.
 *
 * <p>Arguments: {@code --shape LEADER_ALONE --times 30 --seconds 10 --seed 1 --folder DIR}; without
 * a shape, all in turn; with a folder, what the nodes have logged stays there.
 */
public final class PartitionSoak {
  private static final int SECONDS = 10;

  private PartitionSoak() {}

  public static void main(String[] args) throws InterruptedException {
    Arguments arguments =
        Arguments.of(args, Set.of("shape", "times", "seconds", "seed", "folder"), Set.of());
    Optional<String> missing = PartitionRun.missing();
    if (missing.isPresent()) {
      System.err.println(missing.get());
      System.exit(2);
    }
    boolean passed;
    if (arguments.has("folder")) {
      passed = run(Path.of(arguments.text("folder", "")), arguments);
    } else {
      try (TemporaryFolder folder = TemporaryFolder.make("phalanx-partition")) {
        passed = run(folder.path(), arguments);
      }
    }
    if (!passed) {
      System.exit(1);
    }
  }

  private static boolean run(Path folder, Arguments arguments) throws InterruptedException {
    PartitionReport report = PartitionRun.run(folder, plan(arguments), System.out::println);
    System.out.println(report.text());
    return report.holds();
  }

  private static PartitionPlan plan(Arguments arguments) {
    List<PartitionShape> kinds =
        arguments.has("shape")
            ? List.of(PartitionShape.valueOf(arguments.text("shape", "")))
            : List.of(PartitionShape.values());
    List<PartitionShape> shapes = new ArrayList<>();
    for (int i = 0; i < arguments.number("times", 1); i++) {
      shapes.addAll(kinds);
    }
    return new PartitionPlan(
        shapes,
        Duration.ofSeconds(arguments.number("seconds", SECONDS)),
        ClusterLoad.usual(arguments.number("seed", 1)));
  }
}
