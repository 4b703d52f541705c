package io.phalanx.placement.model;

import java.util.List;
import org.optaplanner.core.api.solver.SolverFactory;
import org.optaplanner.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import org.optaplanner.core.config.localsearch.LocalSearchPhaseConfig;
import org.optaplanner.core.config.localsearch.decider.acceptor.AcceptorType;
import org.optaplanner.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import org.optaplanner.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import org.optaplanner.core.config.phase.custom.CustomPhaseConfig;
import org.optaplanner.core.config.score.director.ScoreDirectorFactoryConfig;
import org.optaplanner.core.config.solver.EnvironmentMode;
import org.optaplanner.core.config.solver.SolverConfig;
import org.optaplanner.core.config.solver.termination.TerminationConfig;

/** How OptaPlanner is configured. */
public final class Solvers {
  private Solvers() {}

  /**
   * The kernel as construction, then targeted local search, scored by the incremental calculator.
   * Costly to make: reuse it.
   */
  public static SolverFactory<Round> factory(EnvironmentMode mode) {
    ScoreDirectorFactoryConfig score =
        new ScoreDirectorFactoryConfig()
            .withIncrementalScoreCalculatorClass(PlacementScoreCalculator.class);
    if (mode.isAsserted()) {
      score.setAssertionScoreDirectorFactory(
          new ScoreDirectorFactoryConfig().withConstraintProviderClass(PlacementConstraints.class));
    }
    return SolverFactory.create(
        new SolverConfig()
            .withSolutionClass(Round.class)
            .withEntityClasses(Slot.class)
            .withEnvironmentMode(mode)
            .withRandomSeed(0L)
            .withScoreDirectorFactory(score)
            .withPhaseList(List.of(kernelPhase(), localSearchPhase())));
  }

  private static CustomPhaseConfig kernelPhase() {
    return new CustomPhaseConfig().withCustomPhaseCommandClassList(List.of(KernelPhase.class));
  }

  @SuppressWarnings(
      "removal") // the pinned version has no other way to end a search by its own state
  private static LocalSearchPhaseConfig localSearchPhase() {
    MoveIteratorFactoryConfig moves = new MoveIteratorFactoryConfig();
    moves.setMoveIteratorFactoryClass(TargetedMoves.class);
    LocalSearchPhaseConfig search = new LocalSearchPhaseConfig();
    search.setTerminationConfig(new TerminationConfig().withTerminationClass(SearchEnded.class));
    return search
        .withMoveSelectorConfig(moves)
        .withAcceptorConfig(
            new LocalSearchAcceptorConfig()
                .withAcceptorTypeList(List.of(AcceptorType.HILL_CLIMBING)))
        .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1));
  }
}
