package io.phalanx.scheduler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.event.EventCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A thousand small worlds, each from its seed. {@code -Dphalanx.simulation.seeds=N} runs more,
 * {@code -Dphalanx.simulation.steps=N} longer ones, {@code -Dphalanx.simulation.seed=S} that one.
 */
final class SimulationTest {

  private static final List<String> MUST_HAPPEN =
      List.of(
          "crashes",
          "batches lost",
          "batches durable without an answer",
          "recoveries from genesis",
          "recoveries from a snapshot",
          "messages lost",
          "messages doubled",
          "keys found in the state",
          "keys found in the history",
          "jumps of days",
          "jumps back",
          "stale plans",
          "plans of nonsense",
          "plans of the engine");

  /** What no leader writes: the restoration of a backup, which has tests on real stores. */
  private static final String OFFLINE = "incarnation-began/1";

  @Test
  void everyInvariantHoldsInEveryWorld() {
    Tally tally = new Tally();
    Long only = Long.getLong("phalanx.simulation.seed");
    int seeds = Integer.getInteger("phalanx.simulation.seeds", 1000);
    int steps = Integer.getInteger("phalanx.simulation.steps", 500);
    long first = only == null ? 1 : only;
    long last = only == null ? seeds : only;
    for (long seed = first; seed <= last; seed++) {
      run(seed, steps, tally);
    }
    System.out.printf("simulation: seeds %d to %d, %d steps each%n%s", first, last, steps, tally);
    if (only == null && seeds >= 1000) {
      assertThat(EventCatalog.all().keySet())
          .filteredOn(name -> !name.equals(OFFLINE))
          .allSatisfy(name -> assertThat(tally.of("event " + name)).as(name).isPositive());
      assertThat(MUST_HAPPEN).allSatisfy(what -> assertThat(tally.of(what)).as(what).isPositive());
    }
  }

  private static void run(long seed, int steps, Tally tally) {
    Simulation simulation = new Simulation(seed, tally);
    try {
      simulation.run(steps);
    } catch (RuntimeException | AssertionError e) {
      String alone = "run it alone with -Dphalanx.simulation.seed=" + seed;
      throw new AssertionError(
          "seed " + seed + " fails; " + alone + "; its last events:\n" + simulation.tail(), e);
    }
  }
}
