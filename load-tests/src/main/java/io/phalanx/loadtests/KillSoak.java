package io.phalanx.loadtests;

import io.phalanx.loadtests.fault.KillPlan;
import io.phalanx.loadtests.fault.KillReport;
import io.phalanx.loadtests.fault.KillRun;
import io.phalanx.loadtests.process.TemporaryFolder;
import java.util.Set;

/**
 * The real service under HTTP load, killed by {@code kill -9} at random moments, started again, and
 * held against all that it had acknowledged. Ends 1 if anything is lost, doubled or violated, or if
 * no kill met a write in flight.
 *
 * <p>Arguments: {@code --kills 500 --seed 1}.
 */
public final class KillSoak {
  private KillSoak() {}

  public static void main(String[] args) throws InterruptedException {
    Arguments arguments = Arguments.of(args, Set.of("kills", "seed"), Set.of());
    KillPlan plan = KillPlan.of(arguments.number("kills", 500), arguments.number("seed", 1));
    boolean passed;
    try (TemporaryFolder folder = TemporaryFolder.make("phalanx-kill")) {
      KillReport report = KillRun.run(folder.path(), plan, System.out::println);
      System.out.println(report.text());
      passed = report.holds() && report.hits() > 0;
    }
    if (!passed) {
      System.exit(1);
    }
  }
}
