package io.phalanx.loadtests.timefold;

import ai.timefold.solver.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import io.phalanx.loadtests.compare.Grid;
import io.phalanx.loadtests.compare.Peer;
import io.phalanx.loadtests.compare.ProcessorAlarm;
import io.phalanx.loadtests.compare.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Timefold with its default configuration on the plain model. */
public final class TimefoldPeer implements Peer {
  /** Should the machine give it no processor. */
  private static final int MOST_SECONDS = 300;

  private final SolverFactory<PlainRound> factory;
  private final int seconds;

  /**
   * It, so long.
   *
   * @param seconds its limit, of processor time
   */
  public TimefoldPeer(int seconds) {
    this.seconds = seconds;
    this.factory =
        SolverFactory.create(
            new SolverConfig()
                .withSolutionClass(PlainRound.class)
                .withEntityClasses(PlainSlot.class)
                .withConstraintProviderClass(PlainConstraints.class)
                .withTerminationConfig(
                    new TerminationConfig().withSpentLimit(Duration.ofSeconds(MOST_SECONDS))));
  }

  @Override
  public String name() {
    return "Timefold " + seconds + " s";
  }

  @Override
  public String configuration() {
    return "Timefold's defaults (first fit, then late acceptance with change and swap moves) on constraint"
        + " streams, every miner in every slot's range, gangs counted only when whole, "
        + seconds
        + " s of processor time. Slots come by falling value. Broken gangs are taken out afterwards.";
  }

  @Override
  public boolean takes(Size size, boolean all) {
    return size.miners() <= 10_000 || size == Size.QUIET || (all && !size.isLarge());
  }

  @Override
  public boolean isTimeLimited() {
    return true;
  }

  @Override
  public Supplier<int[]> place(Grid grid) {
    List<PlainSlot> slots = new ArrayList<>();
    for (int d : grid.byValue()) {
      for (int i = 0; i < grid.lacking(d); i++) {
        slots.add(new PlainSlot(grid.firstSlot(d) + i, d, grid));
      }
    }
    PlainRound round = new PlainRound(IntStream.range(0, grid.miners()).boxed().toList(), slots);
    Solver<PlainRound> solver = factory.buildSolver();
    PlainRound solved =
        ProcessorAlarm.within(seconds, solver::terminateEarly, () -> solver.solve(round));
    return () -> minerOf(grid, solved);
  }

  private static int[] minerOf(Grid grid, PlainRound solved) {
    HardMediumSoftLongScore score = Objects.requireNonNull(solved.score());
    int[] minerOf = grid.nothing();
    if (score.hardScore() == 0) {
      for (PlainSlot slot : solved.slots()) {
        Integer miner = slot.miner();
        minerOf[slot.id()] = miner == null ? -1 : miner;
      }
    }
    return grid.withoutBrokenGangs(minerOf);
  }
}
