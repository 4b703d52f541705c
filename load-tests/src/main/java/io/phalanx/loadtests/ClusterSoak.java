package io.phalanx.loadtests;

import io.phalanx.loadtests.cluster.ClusterFault;
import io.phalanx.loadtests.cluster.ClusterPlan;
import io.phalanx.loadtests.cluster.ClusterReport;
import io.phalanx.loadtests.cluster.ClusterRun;
import io.phalanx.loadtests.process.TemporaryFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Three real nodes on a real PostgreSQL under HTTP load, with faults one after the other, held
 * against all that they had acknowledged. Ends 1 if anything is lost, doubled or violated.
 *
 * <p>Arguments: {@code --fault KILL_LEADER --times 20 --seed 1}; without a fault, all in turn.
 */
public final class ClusterSoak {
  private ClusterSoak() {}

  public static void main(String[] args) throws InterruptedException {
    Arguments arguments = Arguments.of(args, Set.of("fault", "times", "seed"), Set.of());
    List<ClusterFault> kinds =
        arguments.has("fault")
            ? List.of(ClusterFault.valueOf(arguments.text("fault", "")))
            : List.of(ClusterFault.values());
    List<ClusterFault> faults = new ArrayList<>();
    for (int i = 0; i < arguments.number("times", 1); i++) {
      faults.addAll(kinds);
    }
    boolean passed;
    try (TemporaryFolder folder = TemporaryFolder.make("phalanx-cluster")) {
      ClusterPlan plan = ClusterPlan.of(faults, arguments.number("seed", 1));
      ClusterReport report = ClusterRun.run(folder.path(), plan, System.out::println);
      System.out.println(report.text());
      passed = report.holds();
    }
    if (!passed) {
      System.exit(1);
    }
  }
}
