package io.phalanx.api.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.phalanx.api.recorded.RoundFile;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.file.PlanOptions;
import io.phalanx.placement.file.PlanOutcome;
import io.phalanx.placement.file.PlanResult;
import io.phalanx.placement.file.PlanRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code phalanx plan}: one placement problem from two files, or a recorded round, with the engine
 * of the service.
 */
@Command(
    name = "plan",
    description = "Solves one placement problem from two CSV files, or a recorded round again.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();

  private static final double NANOS_PER_MILLI = 1e6;
  private static final List<String> NOT_WITH_A_ROUND =
      List.of(
          "--miners",
          "--deployments",
          "--time-limit",
          "--seed",
          "--reference-price",
          "--service-rules");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--miners", paramLabel = "M.csv", description = "The miners.")
  private @Nullable Path miners;

  @Option(names = "--deployments", paramLabel = "D.csv", description = "The deployments.")
  private @Nullable Path deployments;

  @Option(
      names = "--round",
      paramLabel = "FILE",
      description =
          "What /v1/rounds/N?full=true answered: solved again, and compared with what was planned.")
  private @Nullable Path round;

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
    if (round != null) {
      return again(round);
    }
    if (miners == null || deployments == null) {
      return refused("--miners and --deployments are required, or --round");
    }
    PlanOptions options;
    try {
      options =
          new PlanOptions(
              miners, deployments, timeLimit, seed, repeat, referencePrice, serviceRules);
    } catch (IllegalArgumentException wrong) {
      return refused(String.valueOf(wrong.getMessage()));
    }
    PlanOutcome outcome = PlanRun.run(options);
    if (outcome instanceof PlanOutcome.Faults faults) {
      faults.faults().forEach(fault -> output.err().println(fault));
      return ExitCode.USAGE;
    }
    return planned((PlanOutcome.Planned) outcome);
  }

  private int refused(String sentence) {
    output.err().println("plan: " + sentence);
    return ExitCode.USAGE;
  }

  /** Solves a recorded round again; another plan than the recorded one is a failure. */
  private int again(Path file) {
    for (String other : NOT_WITH_A_ROUND) {
      if (spec.commandLine().getParseResult().hasMatchedOption(other)) {
        return refused(other + " does not go with --round, which says all of that");
      }
    }
    if (repeat < 1) {
      return refused("repeat is not positive");
    }
    long started = System.nanoTime();
    RoundFile recorded;
    PlacementProblem problem;
    try {
      recorded = RoundFile.read(file);
      problem = recorded.toSolve();
    } catch (JsonProcessingException wrong) {
      return refused(file + ": " + at(wrong) + wrong.getOriginalMessage());
    } catch (IllegalArgumentException wrong) {
      return refused(file + ": " + wrong.getMessage());
    } catch (IOException unreadable) {
      return refused(FileFault.sentence(file, unreadable));
    }
    double read = (System.nanoTime() - started) / NANOS_PER_MILLI;
    PlanOutcome.Planned again = PlanRun.run(problem, recorded.toRepeat(), repeat, read);
    int exit = planned(again);
    List<String> differences = recorded.differences(again.lines());
    differences.forEach(difference -> output.err().println("plan: " + difference));
    return differences.isEmpty() ? exit : ExitCode.FAILED;
  }

  private static String at(JsonProcessingException wrong) {
    JsonLocation where = wrong.getLocation();
    return where == null ? "" : "line " + where.getLineNr() + ": ";
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
