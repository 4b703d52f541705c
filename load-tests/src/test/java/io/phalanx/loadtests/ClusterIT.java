package io.phalanx.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.loadtests.cluster.ClusterFault;
import io.phalanx.loadtests.cluster.ClusterPlan;
import io.phalanx.loadtests.cluster.ClusterReport;
import io.phalanx.loadtests.cluster.ClusterRun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real nodes on a real database; {@link ClusterSoak} does the same for longer. */
@Tag("cluster")
final class ClusterIT {

  @TempDir Path folder;

  @Nested
  class ACluster {

    @Test
    void losesAndDoublesNothingWhateverHappensToItsLeaderAndItsStore() throws InterruptedException {
      List<ClusterFault> faults = List.of(ClusterFault.values());
      ClusterReport report = ClusterRun.run(folder, ClusterPlan.of(faults, 1), System.out::println);
      System.out.println(report.text());
      assertThat(report.faults()).as("journal against ledgers").isEmpty();
      assertThat(report.audit().violations()).isEmpty();
      assertThat(report.verdicts())
          .allSatisfy(
              verdict -> {
                assertThat(verdict.lost()).isEmpty();
                assertThat(verdict.doubled()).isEmpty();
                assertThat(verdict.unchecked()).isEmpty();
              });
      assertThat(report.settlementFaults()).isEmpty();
      assertThat(report.happened()).hasSize(faults.size());
      assertThat(report.staleAppends()).as("appends of the sleeper that were refused").isPositive();
    }
  }
}
