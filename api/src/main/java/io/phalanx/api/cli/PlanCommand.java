package io.phalanx.api.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.phalanx.placement.file.PlanOptions;
import io.phalanx.placement.file.PlanOutcome;
import io.phalanx.placement.file.PlanResult;
import io.phalanx.placement.file.PlanRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code phalanx plan}: one placement problem from two files, with the engine of the service. */
@Command(
    name = "plan",
    description = "Solves one placement problem from two CSV files.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();

  @Option(names = "--miners", required = true, paramLabel = "M.csv", description = "The miners.")
  private @Nullable Path miners;

  @Option(
      names = "--deployments",
      required = true,
      paramLabel = "D.csv",
      description = "The deployments.")
  private @Nullable Path deployments;

  @Option(names = "--out", paramLabel = "P.csv", description = "Where the plan is written.")
  private @Nullable Path out;

  @Option(
      names = "--time-limit",
      paramLabel = "DURATION",
      description = "Longest that is planned, such as PT1S.")
  private Duration timeLimit = PlanOptions.DEFAULT_TIME_LIMIT;

  @Option(names = "--seed", paramLabel = "N", description = "Breaks ties.")
  private long seed;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Solves so many times; times are medians of the last half.")
  private int repeat = 1;

  @Option(
      names = "--reference-price",
      paramLabel = "N",
      description = "Price that prices are measured against, pico-PHA for one unit of gas.")
  private long referencePrice = PlanOptions.DEFAULT_REFERENCE_PRICE;

  @Option(
      names = "--service-rules",
      description = "Leave out the miners that the service would not let start.")
  private boolean serviceRules;

  @Override
  public Integer call() {
    if (miners == null || deployments == null) {
      throw new IllegalStateException("picocli has checked that both files are named");
    }
    PlanOptions options;
    try {
      options =
          new PlanOptions(
              miners, deployments, timeLimit, seed, repeat, referencePrice, serviceRules);
    } catch (IllegalArgumentException wrong) {
      output.err().println("plan: " + wrong.getMessage());
      return ExitCode.USAGE;
    }
    PlanOutcome outcome = PlanRun.run(options);
    if (outcome instanceof PlanOutcome.Faults faults) {
      faults.faults().forEach(fault -> output.err().println(fault));
      return ExitCode.USAGE;
    }
    return planned((PlanOutcome.Planned) outcome);
  }

  private int planned(PlanOutcome.Planned planned) {
    try {
      if (out != null) {
        Files.writeString(out, planned.placements());
      }
      print(planned.result());
      return ExitCode.DONE;
    } catch (IOException unwritable) {
      output.err().println("plan: cannot write " + out + ": " + unwritable.getMessage());
      return ExitCode.FAILED;
    }
  }

  private void print(PlanResult result) throws JsonProcessingException {
    PrintWriter to = output.out();
    if (output.isJson()) {
      to.println(new JsonMapper().writeValueAsString(result));
    } else {
      to.printf(
          "placed %d of %d replicas, %d of %d deployments, on %d miners%n",
          result.placedReplicas(),
          result.replicas(),
          result.placedDeployments(),
          result.deployments(),
          result.miners());
      to.printf("value %d (bound %d)%n", result.value(), result.valueBound());
      to.printf("fit   %d (bound %d)%n", result.fit(), result.fitBound());
      to.printf("in    %.1f ms%n", result.millis().total());
    }
    to.flush();
  }
}
