package io.phalanx.placement.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.PlanChecker;
import io.phalanx.placement.SolveLimits;
import io.phalanx.placement.exact.GangOptimum.Bracket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plans against what exact solvers prove. {@code -Dphalanx.seeds=N} tries N problems of each shape,
 * from {@code -Dphalanx.firstSeed=N} on; {@code -Dphalanx.exact.large=true} adds the size M.
 */
class ExactnessTest {
  private static final PlacementEngine ENGINE = new PlacementEngine();
  private static final SolveLimits LIMITS = SolveLimits.of(1, Duration.ofMinutes(5));
  private static final long FIRST_SEED = Long.getLong("phalanx.firstSeed", 0);
  private static final long SEEDS = Long.getLong("phalanx.seeds", 3);

  /** For a proof; the problems here take a tenth of a second, and one that does not is skipped. */
  private static final double PROOF_SECONDS = 20;

  private static final long MILLION = 1_000_000;

  /** 0.02 % of the fit may be missing, 0.1 % where top tiers are short. */
  private static final long FIT_PER_MILLION = 200;

  private static final long CONTENDED_FIT_PER_MILLION = 1_000;

  /** 0.03 % of the value may be missing with gangs, 0.3 % where they are adversarial. */
  private static final long WISHES_PER_MILLION = 300;

  private static final long ADVERSARIAL_PER_MILLION = 3_000;

  @BeforeAll
  static void requireSolvers() {
    OrTools.require();
  }

  @ParameterizedTest
  @MethodSource("io.phalanx.placement.exact.Shapes#withoutGangs")
  void isOfTheBestValueWithoutGangs(Shape shape) {
    Fits fits = new Fits();
    forEachSeed(shape, problem -> checkAgainstFlow(problem, fits));
    fits.check(shape);
  }

  @ParameterizedTest
  @MethodSource("io.phalanx.placement.exact.Shapes#withWishes")
  void isOfTheBestValueWithEveryKindOfWish(Shape shape) {
    Fits fits = new Fits();
    forEachSeed(
        shape,
        problem -> {
          PlacementPlan plan = solve(problem);
          checkValue(plan, GangOptimum.value(problem, PROOF_SECONDS), WISHES_PER_MILLION);
          fits.add(problem, plan);
        });
    fits.check(shape);
  }

  @ParameterizedTest
  @MethodSource("io.phalanx.placement.exact.Shapes#adversarial")
  void isCloseToTheBestValueOfAdversarialGangs(Shape shape) {
    Fits fits = new Fits();
    forEachSeed(
        shape,
        problem -> {
          PlacementPlan plan = solve(problem);
          checkValue(plan, GangOptimum.value(problem, PROOF_SECONDS), ADVERSARIAL_PER_MILLION);
          fits.add(problem, plan);
        });
    fits.check(shape);
  }

  @ParameterizedTest
  @MethodSource("io.phalanx.placement.exact.Shapes#small")
  void isWithinItsBoundsOfTheBestPlanOfASmallProblem(Shape shape) {
    forEachSeed(
        shape,
        problem -> {
          PlacementPlan plan = solve(problem);
          Bracket best = GangOptimum.value(problem, PROOF_SECONDS);
          checkValue(plan, best, 0);
          assertThat(plan.fit())
              .isLessThanOrEqualTo(GangOptimum.fitAt(best.found(), problem, PROOF_SECONDS).bound());
        });
  }

  @Test
  @EnabledIfSystemProperty(named = "phalanx.exact.large", matches = "true")
  void isOfTheBestValueAtSizeM() {
    isOfTheBestValueWithoutGangs(Shapes.sizeM(false));
    isOfTheBestValueWithoutGangs(Shapes.sizeM(true));
  }

  private static void forEachSeed(Shape shape, Consumer<PlacementProblem> check) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      PlacementProblem problem = shape.problem(seed);
      try {
        check.accept(problem);
      } catch (AssertionError e) {
        throw new AssertionError(shape + ", seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void checkAgainstFlow(PlacementProblem problem, Fits fits) {
    PlacementPlan plan = solve(problem);
    long best = FlowOptimum.withoutGangs(problem).value();
    assertThat(plan.value()).isEqualTo(best);
    assertThat(plan.valueBound()).isEqualTo(best);
    fits.add(problem, plan);
  }

  /**
   * @param perMillion how much may be missing to what the solver found, which it nearly always
   *     proves
   */
  private static void checkValue(PlacementPlan plan, Bracket best, long perMillion) {
    assertThat(plan.value())
        .isLessThanOrEqualTo(best.bound())
        .isGreaterThanOrEqualTo(best.found() - best.found() * perMillion / MILLION);
    assertThat(plan.valueBound()).isGreaterThanOrEqualTo(best.found());
  }

  private static PlacementPlan solve(PlacementProblem problem) {
    PlacementPlan plan = ENGINE.solve(problem, LIMITS);
    PlanChecker.check(problem, plan);
    return plan;
  }

  private static int[] placed(PlacementProblem problem, PlacementPlan plan) {
    Map<String, Integer> count = new HashMap<>();
    plan.lines().forEach(line -> count.merge(line.deploymentId(), 1, Integer::sum));
    return problem.demands().stream()
        .mapToInt(demand -> count.getOrDefault(demand.deploymentId(), 0))
        .toArray();
  }

  /**
   * The fits of one shape's plans, against the best fits of plans that place as many slots of each
   * deployment.
   */
  private static final class Fits {
    private long reached;
    private long best;

    void add(PlacementProblem problem, PlacementPlan plan) {
      long most = FlowOptimum.fitOf(problem, placed(problem, plan));
      assertThat(plan.fit()).isLessThanOrEqualTo(most);
      assertThat(plan.fitBound()).isGreaterThanOrEqualTo(most);
      reached += plan.fit();
      best += most;
    }

    void check(Shape shape) {
      long perMillion = shape.isContended() ? CONTENDED_FIT_PER_MILLION : FIT_PER_MILLION;
      assertThat(reached)
          .as("fit of %s", shape)
          .isGreaterThanOrEqualTo(best - best * perMillion / MILLION);
    }
  }
}
