package io.phalanx.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.loadtests.fault.KillPlan;
import io.phalanx.loadtests.fault.KillReport;
import io.phalanx.loadtests.fault.KillRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real service, killed under load; {@link KillSoak} does the same for longer. */
final class KillIT {

  private static final int KILLS = Integer.getInteger("phalanx.kills", 6);

  @TempDir Path folder;

  @Nested
  class AKilledService {

    @Test
    void losesAndDoublesNothingThatItAcknowledged() throws InterruptedException {
      KillReport report = KillRun.run(folder, KillPlan.of(KILLS, 1), System.out::println);
      System.out.println(report.text());
      assertThat(report.faults()).as("journal against ledger").isEmpty();
      assertThat(report.audit().violations()).isEmpty();
      assertThat(report.verdict().lost()).isEmpty();
      assertThat(report.verdict().doubled()).isEmpty();
      assertThat(report.verdict().unchecked()).isEmpty();
      assertThat(report.settlementFaults()).isEmpty();
      assertThat(report.hits()).as("kills that met writes in flight").isPositive();
    }
  }
}
