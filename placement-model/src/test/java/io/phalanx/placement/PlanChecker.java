package io.phalanx.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Checks a plan against the rules as they read, with nothing of the kernel. */
public final class PlanChecker {
  private final PlacementProblem problem;
  private final PlacementPlan plan;
  private final Map<String, Candidate> miners = new HashMap<>();

  private PlanChecker(PlacementProblem problem, PlacementPlan plan) {
    this.problem = problem;
    this.plan = plan;
    problem.candidates().forEach(miner -> miners.put(miner.minerId(), miner));
  }

  public static void check(PlacementProblem problem, PlacementPlan plan) {
    PlanChecker checker = new PlanChecker(problem, plan);
    checker.checkMiners();
    problem.demands().forEach(checker::checkDemand);
    checker.checkScore();
  }

  private void checkMiners() {
    assertThat(plan.lines()).extracting(Line::minerId).doesNotHaveDuplicates();
  }

  private void checkDemand(Demand demand) {
    Map<String, Integer> onOperator = new HashMap<>();
    Set<Integer> slots = new HashSet<>();
    for (Line line : plan.lines()) {
      if (line.deploymentId().equals(demand.deploymentId())) {
        Candidate miner = miner(line);
        assertThat(Eligibility.failed(demand, miner)).isEmpty();
        onOperator.merge(miner.operator(), 1, Integer::sum);
        assertThat(line.slot()).isBetween(0, demand.lacking() - 1);
        assertThat(slots.add(line.slot())).isTrue();
      }
    }
    if (!slots.isEmpty()) {
      assertThat(slots.size()).isBetween(demand.required(), demand.lacking());
    }
    onOperator.forEach(
        (operator, count) -> assertThat(count).isLessThanOrEqualTo(demand.roomOn(operator)));
  }

  private void checkScore() {
    Fit fit = new Fit(problem.objective(), problem.market());
    long value = 0;
    long fits = 0;
    for (Line line : plan.lines()) {
      Demand demand =
          problem.demands().stream()
              .filter(d -> d.deploymentId().equals(line.deploymentId()))
              .findFirst()
              .orElseThrow();
      value += problem.objective().value(demand, problem.market().referencePrice());
      assertThat(line.fit()).isEqualTo(fit.of(demand, miner(line)));
      fits += line.fit();
    }
    assertThat(plan.value()).isEqualTo(value).isLessThanOrEqualTo(plan.valueBound());
    assertThat(plan.fit()).isEqualTo(fits).isLessThanOrEqualTo(plan.fitBound());
  }

  private Candidate miner(Line line) {
    Candidate miner = miners.get(line.minerId());
    if (miner == null) {
      throw new AssertionError("no such miner: " + line);
    }
    return miner;
  }
}
