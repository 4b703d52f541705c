package io.phalanx.placement.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.Samples;
import io.phalanx.placement.kernel.Deadline;
import io.phalanx.placement.kernel.Instance;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.optaplanner.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import org.optaplanner.core.api.solver.SolutionManager;
import org.optaplanner.core.api.solver.SolverFactory;
import org.optaplanner.core.config.solver.SolverConfig;

class PlacementScoreCalculatorTest {
  private static final SolutionManager<Round, HardMediumSoftLongScore> STREAMS =
      SolutionManager.create(
          SolverFactory.<Round>create(
              new SolverConfig()
                  .withSolutionClass(Round.class)
                  .withEntityClasses(Slot.class)
                  .withConstraintProviderClass(PlacementConstraints.class)));

  @Nested
  class CalculateScore {
    @Test
    void isThatOfTheStreamsInAnyState() {
      for (int seed = 0; seed < 40; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        Round round = round(Samples.random(seed, 1 + seed % 12, 1 + seed % 9, 4));
        PlacementScoreCalculator calculator = new PlacementScoreCalculator();
        calculator.resetWorkingSolution(round);
        for (int change = 0; change < 60; change++) {
          change(round, calculator, random);
          if (change % 6 == 0) {
            assertThat(calculator.calculateScore()).isEqualTo(STREAMS.update(round));
          }
        }
      }
    }

    @Test
    void isTheSameAfterAReset() {
      SplittableRandom random = new SplittableRandom(3);
      Round round = round(Samples.random(3, 9, 7, 3));
      PlacementScoreCalculator calculator = new PlacementScoreCalculator();
      calculator.resetWorkingSolution(round);
      for (int change = 0; change < 40; change++) {
        change(round, calculator, random);
      }
      HardMediumSoftLongScore score = calculator.calculateScore();
      calculator.resetWorkingSolution(new RoundCloner().cloneSolution(round));
      assertThat(calculator.calculateScore()).isEqualTo(score);
    }
  }

  /** Puts any slot on any miner, or on none, whatever the rules say. */
  private static void change(
      Round round, PlacementScoreCalculator calculator, SplittableRandom random) {
    Slot slot = round.slots.get(random.nextInt(round.slots.size()));
    calculator.beforeVariableChanged(slot, Slot.MINER);
    slot.miner =
        random.nextInt(4) == 0 ? null : round.miner(random.nextInt(round.instance.miners()));
    calculator.afterVariableChanged(slot, Slot.MINER);
  }

  private static Round round(PlacementProblem problem) {
    Course course =
        new Course(Samples.LIMITS, new Deadline(Duration.ofMinutes(1), System::nanoTime));
    return Round.of(new Instance(problem, 0), course);
  }
}
