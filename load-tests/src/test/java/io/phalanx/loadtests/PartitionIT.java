package io.phalanx.loadtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.phalanx.loadtests.cluster.ClusterLoad;
import io.phalanx.loadtests.cluster.ClusterReport;
import io.phalanx.loadtests.cluster.PartitionPlan;
import io.phalanx.loadtests.cluster.PartitionReport;
import io.phalanx.loadtests.cluster.PartitionRun;
import io.phalanx.loadtests.cluster.PartitionShape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each shape of a partition once; {@link PartitionSoak} does the same for longer. */
@Tag("cluster")
final class PartitionIT {
  /** Long enough for another to lead and for the membership to fall apart. */
  private static final Duration LASTING = Duration.ofSeconds(5);

  @TempDir Path folder;

  @Nested
  class ACluster {

    @Test
    void losesAndDoublesNothingHoweverItsNetworkFallsApart() throws InterruptedException {
      Optional<String> missing = PartitionRun.missing();
      missing.ifPresent(System.out::println);
      assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
      List<PartitionShape> shapes = List.of(PartitionShape.values());
      PartitionReport report =
          PartitionRun.run(
              folder,
              new PartitionPlan(shapes, LASTING, ClusterLoad.usual(1)),
              System.out::println);
      System.out.println(report.text());
      ClusterReport cluster = report.cluster();
      assertThat(cluster.faults()).as("journal against ledgers").isEmpty();
      assertThat(cluster.audit().violations()).isEmpty();
      assertThat(cluster.verdicts())
          .allSatisfy(
              verdict -> {
                assertThat(verdict.lost()).isEmpty();
                assertThat(verdict.doubled()).isEmpty();
                assertThat(verdict.unchecked()).isEmpty();
              });
      assertThat(cluster.settlementFaults()).isEmpty();
      assertThat(report.parted()).extracting(PartitionReport.Parted::shape).isEqualTo(shapes);
      assertThat(report.parted())
          .allSatisfy(one -> assertThat(one.dropped()).as("packets lost").isPositive());
    }
  }
}
