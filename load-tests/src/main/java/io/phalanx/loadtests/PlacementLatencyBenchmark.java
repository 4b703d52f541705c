package io.phalanx.loadtests;

import io.phalanx.loadtests.placement.PlacementRun;
import io.phalanx.loadtests.process.TemporaryFolder;
import java.time.Duration;
import java.util.Set;

/**
 * From accepted to placed, as a developer sees it on the event stream: 12,500 simulated miners,
 * 1,000 deployments a second that do not wait for the service, each running for 8 s on average, a
 * minute measured after a warm-up.
 *
 * <p>Arguments: {@code --miners 12500 --rate 1000 --seconds 60 --warm-up 20 --heap 2g --jfr FILE
 * --constrained --quick}; {@code --quick} is a fifth of the fleet and the rate for a quarter of the
 * time.
 */
public final class PlacementLatencyBenchmark {
  private PlacementLatencyBenchmark() {}

  public static void main(String[] args) throws InterruptedException {
    Arguments arguments =
        Arguments.of(
            args,
            Set.of("miners", "rate", "seconds", "warm-up", "heap", "jfr"),
            Set.of("constrained", "quick"));
    boolean quick = arguments.has("quick");
    PlacementRun.Plan plan =
        new PlacementRun.Plan(
            arguments.number("miners", quick ? 2_500 : 12_500),
            arguments.number("rate", quick ? 200 : 1_000),
            Duration.ofSeconds(arguments.number("seconds", quick ? 15 : 60)),
            Duration.ofSeconds(arguments.number("warm-up", quick ? 10 : 20)),
            arguments.has("constrained"),
            arguments.text("heap", "2g"),
            arguments.text("jfr", ""));
    try (TemporaryFolder folder = TemporaryFolder.make("phalanx-placement")) {
      PlacementRun.run(plan, folder.path(), System.out::println).forEach(System.out::println);
    }
  }
}
