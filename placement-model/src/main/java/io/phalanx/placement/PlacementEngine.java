package io.phalanx.placement;

import io.phalanx.placement.kernel.Deadline;
import io.phalanx.placement.kernel.FleetIndex;
import io.phalanx.placement.kernel.Instance;
import io.phalanx.placement.model.Course;
import io.phalanx.placement.model.Round;
import io.phalanx.placement.model.Solvers;
import java.util.ArrayList;
import java.util.List;
import org.optaplanner.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import org.optaplanner.core.api.solver.SolverFactory;
import org.optaplanner.core.config.solver.EnvironmentMode;

/**
 * Turns a problem into a plan. Making one costs half a second in a cold process; it keeps no state
 * between solves and may be used by several threads at once.
 */
public final class PlacementEngine {
  private static final double NANOS_PER_MILLI = 1e6;

  private final SolverFactory<Round> factory;

  public PlacementEngine() {
    this(EnvironmentMode.REPRODUCIBLE);
  }

  /**
   * @param mode how much OptaPlanner checks itself while it solves
   */
  PlacementEngine(EnvironmentMode mode) {
    factory = Solvers.factory(mode);
  }

  /**
   * Solves {@code problem}. The same problem, seed and step limits give the same plan, unless
   * {@link PlacementPlan#outOfTime()}.
   */
  public PlacementPlan solve(PlacementProblem problem, SolveLimits limits) {
    Instance.Question question =
        new Instance.Question(problem.demands(), problem.market(), problem.objective());
    Deadline deadline = new Deadline(limits.timeLimit(), System::nanoTime);
    FleetIndex index = FleetIndex.of(problem.candidates());
    return solve(Instance.thinned(index, question, 0, limits.seed()), limits, deadline);
  }

  /**
   * Solves for the miners of a kept index: the same plan as for a problem with these miners in
   * their order, without the cost of reading them all.
   *
   * @param atMs what the time is for the index
   */
  public PlacementPlan solve(
      FleetIndex index, Instance.Question question, long atMs, SolveLimits limits) {
    Deadline deadline = new Deadline(limits.timeLimit(), System::nanoTime);
    return solve(Instance.thinned(index, question, atMs, limits.seed()), limits, deadline);
  }

  private PlacementPlan solve(Instance instance, SolveLimits limits, Deadline deadline) {
    Course course = new Course(limits, deadline);
    long indexed = deadline.elapsedNanos();
    if (instance.slots() == 0 || instance.miners() == 0) {
      double millis = indexed / NANOS_PER_MILLI;
      return new PlacementPlan(
          List.of(), 0, 0, 0, 0, 0, 0, false, new Millis(millis, 0, 0, millis));
    }
    Round solved = factory.buildSolver().solve(Round.of(instance, course));
    return plan(instance, solved, course, indexed);
  }

  private static PlacementPlan plan(Instance instance, Round solved, Course course, long indexed) {
    HardMediumSoftLongScore score = solved.score();
    if (score == null || score.hardScore() != 0) {
      throw new IllegalStateException("the solver returned an infeasible plan: " + score);
    }
    Deadline deadline = course.deadline();
    double toIndex = indexed / NANOS_PER_MILLI;
    double toConstruct = course.constructedNanos() / NANOS_PER_MILLI;
    long fitBound = course.kernel().fitBound().of(solved.placedByDemand());
    List<Line> lines = lines(instance, solved.assignment());
    double total = deadline.elapsedNanos() / NANOS_PER_MILLI;
    return new PlacementPlan(
        lines,
        score.mediumScore(),
        course.kernel().valueBound(),
        score.softScore(),
        fitBound,
        course.kernel().exchangeSteps(),
        course.searchSteps(),
        deadline.wasMissed(),
        new Millis(toIndex, toConstruct - toIndex, total - toConstruct, total));
  }

  private static List<Line> lines(Instance instance, int[] minerOf) {
    List<Line> lines = new ArrayList<>();
    for (int slot = 0; slot < minerOf.length; slot++) {
      if (minerOf[slot] >= 0) {
        int demand = instance.demandOf(slot);
        lines.add(
            new Line(
                instance.demand(demand).deploymentId(),
                instance.slotWithin(slot),
                instance.candidate(minerOf[slot]).minerId(),
                instance.fit(demand, minerOf[slot])));
      }
    }
    return lines;
  }
}
