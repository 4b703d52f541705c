package io.phalanx.placement.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Line;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.PlanChecker;
import io.phalanx.placement.SolveLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fleets and cases that are not part of the project; skipped where they are not at hand. */
class SharedDataTest {
  private static final PlacementEngine ENGINE = new PlacementEngine();
  private static final SolveLimits LIMITS = SolveLimits.of(0, Duration.ofMinutes(1));
  private static final Pattern PROVEN = Pattern.compile("\"value\"\\s*:\\s*([0-9]+)");
  private static final Pattern PROVEN_BIDS =
      Pattern.compile(
          "(?s)\"ask_le_bid\".*?\"all_or_nothing_bid\"\\s*:\\s*\\{\\s*\"value\"\\s*:\\s*([0-9]+)");

  @ParameterizedTest
  @ValueSource(strings = {"fleets/phala-a", "fleets/phala-a-contended"})
  void reachesTheProvenValueOfAFleet(String name) throws IOException {
    Path folder = folder(name);
    PlacementProblem problem = read(folder);
    PlacementPlan plan = ENGINE.solve(problem, LIMITS);
    PlanChecker.check(problem, plan);
    assertThat(plan.value()).isEqualTo(proven(folder, PROVEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "placement/golem-day01-x-openb33",
        "placement/golem-day15-x-openb33",
        "placement/openb-gpuspec10",
        "placement/openb-mini-gpuspec05",
        "placement/openb-mini-gpuspec25"
      })
  void reachesTheProvenSumOfBidsOfACase(String name) throws IOException {
    Path folder = folder(name);
    PlacementProblem problem = read(folder);
    PlacementPlan plan = ENGINE.solve(problem, LIMITS);
    assertThat(plan.lines()).extracting(Line::minerId).doesNotHaveDuplicates();
    assertThat(plan.value()).isEqualTo(proven(folder, PROVEN_BIDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fleets/khala-30k-dev"})
  void comesWithinAMillionthOfTheBoundOfALargeFleet(String name) throws IOException {
    PlacementPlan plan = ENGINE.solve(read(folder(name)), LIMITS);
    assertThat(plan.value()).isGreaterThanOrEqualTo(plan.valueBound() / 1_000_000 * 999_999);
  }

  private static PlacementProblem read(Path folder) {
    List<Fault> faults = new ArrayList<>();
    MinerTable miners = MinerTable.read(CsvFile.read(folder.resolve("miners.csv"), faults), false);
    List<Candidate> candidates = miners.candidates();
    List<Demand> demands =
        DemandTable.read(CsvFile.read(folder.resolve("deployments.csv"), faults));
    assertThat(faults).isEmpty();
    return new PlacementProblem(candidates, demands, miners.market(1000), Objective.DEFAULT);
  }

  private static long proven(Path folder, Pattern pattern) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(folder.resolve("optimum.json")));
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  /** From the property, or beside the project's root. */
  private static Path folder(String name) {
    String given = System.getProperty("phalanx.shared");
    if (given != null) {
      Path folder = Path.of(given, "data", name);
      assumeTrue(Files.isDirectory(folder), () -> folder + " is not there");
      return folder;
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("../shared/data").resolve(name).normalize();
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    assumeTrue(false, "../shared/data/" + name + " is not there");
    throw new IllegalStateException("not reached");
  }
}
