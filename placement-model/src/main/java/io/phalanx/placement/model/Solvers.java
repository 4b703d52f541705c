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
import org.optaplanner.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import org.optaplanner.core.impl.phase.custom.CustomPhaseCommand;
import org.optaplanner.core.impl.solver.termination.AbstractTermination;

/** How OptaPlanner is configured. */
public final class Solvers {
  /** So hot that any loss of fit is taken, and no loss of value is. */
  private static final String ONLY_FIT_MAY_FALL = "0hard/0medium/" + Long.MAX_VALUE + "soft";

  private Solvers() {}

  /**
   * The kernel's value, exchange of gangs, the kernel's fit, then targeted local search, all scored
   * by the incremental calculator. Costly to make: reuse it.
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
            .withPhaseList(
                List.of(
                    custom(KernelPhase.class),
                    exchangePhase(),
                    custom(FitPhase.class),
                    localSearchPhase())));
  }

  private static CustomPhaseConfig custom(Class<? extends CustomPhaseCommand<Round>> command) {
    return new CustomPhaseConfig().withCustomPhaseCommandClassList(List.of(command));
  }

  /** Walks over plans of the same value and up, whatever their fit; the best one is remembered. */
  private static LocalSearchPhaseConfig exchangePhase() {
    return search(GangMoves.class, ExchangeEnded.class)
        .withAcceptorConfig(
            new LocalSearchAcceptorConfig()
                .withAcceptorTypeList(List.of(AcceptorType.SIMULATED_ANNEALING))
                .withSimulatedAnnealingStartingTemperature(ONLY_FIT_MAY_FALL));
  }

  private static LocalSearchPhaseConfig localSearchPhase() {
    return search(TargetedMoves.class, SearchEnded.class)
        .withAcceptorConfig(
            new LocalSearchAcceptorConfig()
                .withAcceptorTypeList(List.of(AcceptorType.HILL_CLIMBING)));
  }

  @SuppressWarnings(
      "removal") // the pinned version has no other way to end a search by its own state
  private static LocalSearchPhaseConfig search(
      Class<? extends MoveIteratorFactory<Round, PlaceMove>> moves,
      Class<? extends AbstractTermination<Round>> ended) {
    MoveIteratorFactoryConfig selector = new MoveIteratorFactoryConfig();
    selector.setMoveIteratorFactoryClass(moves);
    LocalSearchPhaseConfig search = new LocalSearchPhaseConfig();
    search.setTerminationConfig(new TerminationConfig().withTerminationClass(ended));
    return search
        .withMoveSelectorConfig(selector)
        .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1));
  }
}
