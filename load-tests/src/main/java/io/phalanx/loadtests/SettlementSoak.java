package io.phalanx.loadtests;

import io.phalanx.loadtests.process.TemporaryFolder;
import io.phalanx.loadtests.readings.SettlementRun;
import java.util.Set;

/**
 * Settlements that pass a payout endpoint which fails, resets, delays, lies, floods and talks
 * nonsense, over real HTTP. Ends 1 unless its books equal the service's and nothing came twice, out
 * of order, changed or unsigned.
 *
 * <p>Arguments: {@code --settlements 10000 --miners 3 --one-in 20 --seed 5}.
 */
public final class SettlementSoak {
  private SettlementSoak() {}

  public static void main(String[] args) throws InterruptedException {
    Arguments arguments =
        Arguments.of(args, Set.of("settlements", "miners", "one-in", "seed"), Set.of());
    SettlementRun.Plan plan =
        new SettlementRun.Plan(
            arguments.number("settlements", 10_000),
            arguments.number("miners", 3),
            arguments.number("one-in", 20),
            arguments.number("seed", 5));
    boolean passed;
    try (TemporaryFolder folder = TemporaryFolder.make("phalanx-settlements")) {
      passed = SettlementRun.run(folder.path(), plan, System.out::println);
    }
    if (!passed) {
      System.exit(1);
    }
  }
}
