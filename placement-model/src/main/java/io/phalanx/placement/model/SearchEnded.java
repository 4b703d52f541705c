package io.phalanx.placement.model;

import org.optaplanner.core.impl.phase.scope.AbstractPhaseScope;
import org.optaplanner.core.impl.solver.scope.SolverScope;
import org.optaplanner.core.impl.solver.termination.AbstractTermination;

/**
 * Ends the local search once its moves have run out, which OptaPlanner would otherwise warn about
 * in every round.
 */
public final class SearchEnded extends AbstractTermination<Round> {
  private static final double UNKNOWN = -1.0;

  @Override
  public boolean isSolverTerminated(SolverScope<Round> solver) {
    return false;
  }

  @Override
  public boolean isPhaseTerminated(AbstractPhaseScope<Round> phase) {
    return phase.getWorkingSolution().course.hasSearchEnded();
  }

  @Override
  public double calculateSolverTimeGradient(SolverScope<Round> solver) {
    return UNKNOWN;
  }

  @Override
  public double calculatePhaseTimeGradient(AbstractPhaseScope<Round> phase) {
    return UNKNOWN;
  }
}
