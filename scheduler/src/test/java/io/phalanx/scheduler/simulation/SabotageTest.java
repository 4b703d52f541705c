package io.phalanx.scheduler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run that does something wrong on purpose fails: proof that a run that does not says something.
 */
final class SabotageTest {

  private static final int SEEDS = 60;
  private static final int STEPS = 400;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void isFound(Sabotage sabotage) {
    String found = "";
    for (long seed = 1; seed <= SEEDS && found.isEmpty(); seed++) {
      found = failure(seed, sabotage);
    }
    assertThat(found).as("%s in %d runs", sabotage, SEEDS).isNotEmpty();
    System.out.println(sabotage + ": " + found);
  }

  private static String failure(long seed, Sabotage sabotage) {
    try {
      new Simulation(seed, new Tally(), sabotage).run(STEPS);
      return "";
    } catch (RuntimeException | AssertionError e) {
      String[] lines = Objects.toString(e.getMessage(), e.toString()).strip().split("\n", 2);
      return "seed " + seed + ": " + lines[0].substring(0, Math.min(150, lines[0].length()));
    }
  }
}
