package io.phalanx.loadtests;

import io.phalanx.loadtests.accept.AcceptRun;
import io.phalanx.loadtests.process.TemporaryFolder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Durable accepted deployments a second of the real service, beside the same server's echo of the
 * same body, in the same process and run, in windows that alternate: closed loop, keep-alive.
 *
 * <p>Arguments: {@code --connections 64,128 --windows 4 --seconds 4 --warm-up 8 --heap 2g --jfr
 * FILE --no-keys}.
 */
public final class AcceptBenchmark {
  private AcceptBenchmark() {}

  public static void main(String[] args) throws InterruptedException {
    Arguments arguments =
        Arguments.of(
            args,
            Set.of("connections", "windows", "seconds", "warm-up", "heap", "jfr"),
            Set.of("no-keys"));
    List<Integer> connections =
        Arrays.stream(arguments.text("connections", "64,128").split(","))
            .map(Integer::valueOf)
            .toList();
    AcceptRun.Plan plan =
        new AcceptRun.Plan(
            arguments.number("windows", 4),
            Duration.ofSeconds(arguments.number("seconds", 4)),
            Duration.ofSeconds(arguments.number("warm-up", 8)),
            arguments.text("heap", "2g"),
            arguments.text("jfr", ""),
            !arguments.has("no-keys"));
    System.out.println(AcceptRun.HEADER);
    for (int count : connections) {
      try (TemporaryFolder folder = TemporaryFolder.make("phalanx-accept")) {
        AcceptRun.run(folder.path(), count, plan).forEach(System.out::println);
      }
    }
  }
}
