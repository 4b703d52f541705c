package io.phalanx.placement.file;

import io.phalanx.placement.Line;
import io.phalanx.placement.Millis;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.SolveLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The offline planner: one problem from two files, solved by the engine that the service uses. */
public final class PlanRun {
  private static final double NANOS_PER_MILLI = 1e6;

  private PlanRun() {}

  public static PlanOutcome run(PlanOptions options) {
    long start = System.nanoTime();
    List<Fault> faults = new ArrayList<>();
    PlacementProblem problem = read(options, faults);
    double read = (System.nanoTime() - start) / NANOS_PER_MILLI;
    if (!faults.isEmpty()) {
      return new PlanOutcome.Faults(faults);
    }
    return run(
        problem, SolveLimits.of(options.seed(), options.timeLimit()), options.repeat(), read);
  }

  /**
   * Solves a problem that was read otherwise.
   *
   * @param repeat how often, at least 1
   * @param read how long reading took, milliseconds
   */
  public static PlanOutcome.Planned run(
      PlacementProblem problem, SolveLimits limits, int repeat, double read) {
    List<PlacementPlan> plans = solve(problem, limits, repeat);
    PlacementPlan plan = plans.get(plans.size() - 1);
    return new PlanOutcome.Planned(
        result(problem, plan, millis(read, plans), limits.seed()), placements(plan), plan.lines());
  }

  /** Reads both files. When there are faults what is returned is of no use. */
  private static PlacementProblem read(PlanOptions options, List<Fault> faults) {
    CsvFile minersFile = CsvFile.read(options.miners(), faults);
    MinerTable miners = MinerTable.read(minersFile, options.serviceRules());
    CsvFile deploymentsFile = CsvFile.read(options.deployments(), faults);
    return new PlacementProblem(
        miners.candidates(),
        DemandTable.read(deploymentsFile),
        miners.market(options.referencePrice()),
        Objective.DEFAULT);
  }

  private static List<PlacementPlan> solve(
      PlacementProblem problem, SolveLimits limits, int repeat) {
    PlacementEngine engine = new PlacementEngine();
    List<PlacementPlan> plans = new ArrayList<>();
    for (int run = 0; run < repeat; run++) {
      plans.add(engine.solve(problem, limits));
    }
    return plans;
  }

  private static PlanResult result(
      PlacementProblem problem, PlacementPlan plan, PlanMillis millis, long seed) {
    return new PlanResult(
        problem.candidates().size(),
        problem.demands().size(),
        problem.slots(),
        (int) plan.lines().stream().map(Line::deploymentId).distinct().count(),
        plan.lines().size(),
        plan.value(),
        plan.valueBound(),
        plan.fit(),
        plan.fitBound(),
        millis,
        seed);
  }

  private static String placements(PlacementPlan plan) {
    StringBuilder text = new StringBuilder("deployment,replica,miner,fit\n");
    for (Line line : plan.lines()) {
      text.append(line.deploymentId()).append(',').append(line.slot()).append(',');
      text.append(line.minerId()).append(',').append(line.fit()).append('\n');
    }
    return text.toString();
  }

  private static PlanMillis millis(double read, List<PlacementPlan> plans) {
    List<Millis> last =
        plans.subList(plans.size() / 2, plans.size()).stream().map(PlacementPlan::millis).toList();
    return new PlanMillis(
        read,
        median(last, Millis::index),
        median(last, Millis::construct),
        median(last, Millis::improve),
        median(last, Millis::total));
  }

  private static double median(List<Millis> runs, ToDoubleFunction<Millis> part) {
    double[] sorted = runs.stream().mapToDouble(part).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
