package io.phalanx.loadtests;

import io.phalanx.loadtests.process.TemporaryFolder;
import io.phalanx.loadtests.readings.ReadingsRun;
import java.time.Duration;
import java.util.Set;

/**
 * Durable gas readings a second on one node, beside what the plain journal takes of the same events
 * in the same run.
 *
 * <p>Arguments: {@code --miners 2000 --batch 2000 --in-flight 8 --windows 4 --seconds 4}.
 */
public final class ReadingsBenchmark {
  private ReadingsBenchmark() {}

  public static void main(String[] args) {
    Arguments arguments =
        Arguments.of(args, Set.of("miners", "batch", "in-flight", "windows", "seconds"), Set.of());
    ReadingsRun.Plan plan =
        new ReadingsRun.Plan(
            arguments.number("miners", 2_000),
            arguments.number("batch", 2_000),
            arguments.number("in-flight", 8),
            arguments.number("windows", 4),
            Duration.ofSeconds(arguments.number("seconds", 4)));
    try (TemporaryFolder folder = TemporaryFolder.make("phalanx-readings")) {
      ReadingsRun.run(folder.path(), plan, System.out::println);
    }
  }
}
