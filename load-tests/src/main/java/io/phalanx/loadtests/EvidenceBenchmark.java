package io.phalanx.loadtests;

import io.phalanx.loadtests.evidence.EvidenceRun;
import io.phalanx.loadtests.process.TemporaryFolder;
import java.util.Set;

/**
 * Durable registrations a second with a declared tier and with an SGX quote, and how fast all
 * machines are judged again when collateral is published. Prints a line for each window.
 *
 * <p>Arguments: {@code --machines 500 --windows 4 --connections 64 --reviews-per-second 10000}.
 */
public final class EvidenceBenchmark {
  private EvidenceBenchmark() {}

  public static void main(String[] args) throws InterruptedException {
    Arguments arguments =
        Arguments.of(
            args, Set.of("machines", "windows", "connections", "reviews-per-second"), Set.of());
    try (TemporaryFolder folder = TemporaryFolder.make("phalanx-evidence");
        EvidenceRun run = EvidenceRun.start(folder.path(), arguments.number("connections", 64))) {
      for (int i = 0; i < arguments.number("windows", 4); i++) {
        System.out.println(run.windows(arguments.number("machines", 500)));
      }
      System.out.println(run.reviews(arguments.number("reviews-per-second", 10_000)));
    }
  }
}
