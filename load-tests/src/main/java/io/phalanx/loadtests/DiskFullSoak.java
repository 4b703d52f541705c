package io.phalanx.loadtests;

import io.phalanx.loadtests.fault.DiskFullReport;
import io.phalanx.loadtests.fault.DiskFullRun;
import io.phalanx.loadtests.process.SmallDisk;
import io.phalanx.loadtests.process.TemporaryFolder;
import java.util.Optional;
import java.util.Set;

/**
 * The real service under HTTP load on a small disk that is filled up and freed again and again.
 * Ends 1 if anything is lost, doubled or violated, or does not go on by itself; 2 where this
 * process may not mount a file system.
 *
 * <p>Arguments: {@code --times 20 --seed 1 --mebibytes 64}.
 */
public final class DiskFullSoak {
  private static final int NOT_ALLOWED = 2;

  private DiskFullSoak() {}

  public static void main(String[] args) throws InterruptedException {
    Arguments arguments = Arguments.of(args, Set.of("times", "seed", "mebibytes"), Set.of());
    int times = arguments.number("times", 20);
    int seed = arguments.number("seed", 1);
    int result = NOT_ALLOWED;
    try (TemporaryFolder folder = TemporaryFolder.make("phalanx-disk")) {
      Optional<SmallDisk> mounted =
          SmallDisk.mount(folder.path(), arguments.number("mebibytes", 64));
      if (mounted.isPresent()) {
        try (SmallDisk disk = mounted.get()) {
          DiskFullReport report =
              DiskFullRun.run(disk, folder.path(), times, seed, System.out::println);
          System.out.println(report.text());
          result = report.holds() ? 0 : 1;
        }
      } else {
        System.err.println("this process may not mount a file system");
      }
    }
    if (result != 0) {
      System.exit(result);
    }
  }
}
