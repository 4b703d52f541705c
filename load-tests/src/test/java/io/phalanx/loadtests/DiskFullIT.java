package io.phalanx.loadtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.phalanx.loadtests.fault.DiskFullReport;
import io.phalanx.loadtests.fault.DiskFullRun;
import io.phalanx.loadtests.process.SmallDisk;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real service on a disk that is full for a while; {@link DiskFullSoak} does it for longer. */
@Tag("faults")
final class DiskFullIT {
  private static final int TIMES = Integer.getInteger("phalanx.full-disks", 2);
  private static final int MEBIBYTES = 64;

  @TempDir Path folder;

  @Nested
  class AFullDisk {

    @Test
    void losesNothingAndIsForgottenOnceThereIsRoomAgain() throws InterruptedException {
      Optional<SmallDisk> mounted = SmallDisk.mount(folder, MEBIBYTES);
      assumeThat(mounted).as("only root may mount a file system here").isPresent();
      try (SmallDisk disk = mounted.orElseThrow()) {
        DiskFullReport report = DiskFullRun.run(disk, folder, TIMES, 1, System.out::println);
        System.out.println(report.text());
        assertThat(report.faults()).isEmpty();
        assertThat(report.audit().violations()).isEmpty();
        assertThat(report.verdict().lost()).isEmpty();
        assertThat(report.verdict().doubled()).isEmpty();
        assertThat(report.verdict().unchecked()).isEmpty();
        assertThat(report.writes()).as("answers to writes").containsKey(503);
        assertThat(report.writes().keySet()).as("answers to writes").isSubsetOf(201, 503, 504);
        assertThat(report.reads().keySet()).as("answers to reads").containsOnly(200);
        assertThat(report.followed()).as("history and receipts go on").isTrue();
      }
    }
  }
}
