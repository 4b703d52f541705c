package io.phalanx.loadtests;

import io.phalanx.loadtests.border.FloodRun;
import io.phalanx.loadtests.border.SlowClientsRun;
import io.phalanx.loadtests.process.TemporaryFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * Slow clients of every kind, and then one that floods, with honest ones beside them on the real
 * service. Ends 1 if a slow one is not got rid of, or less than 999 of 1,000 honest requests are
 * served.
 *
 * <p>Arguments: {@code --each 1000 --flood-seconds 30}.
 */
public final class SlowClientsSoak {
  private static final int SERVED_PERMILLE = 999;

  private SlowClientsSoak() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Arguments arguments = Arguments.of(args, Set.of("each", "flood-seconds"), Set.of());
    SlowClientsRun.Report slow;
    try (TemporaryFolder folder = TemporaryFolder.make("phalanx-slow")) {
      slow = SlowClientsRun.run(folder.path(), arguments.number("each", 1_000));
      System.out.println(slow.text());
    }
    FloodRun.Report flood;
    try (TemporaryFolder folder = TemporaryFolder.make("phalanx-flood")) {
      Duration time = Duration.ofSeconds(arguments.number("flood-seconds", 30));
      flood = FloodRun.run(folder.path(), time);
      System.out.println(flood.text());
    }
    boolean holds =
        SlowClientsRun.isCleared(slow)
            && SlowClientsRun.isCrowded(slow)
            && slow.servedPermille() >= SERVED_PERMILLE
            && flood.flooded(429) > 0
            && flood.servedPermille() >= SERVED_PERMILLE;
    if (!holds) {
      System.exit(1);
    }
  }
}
