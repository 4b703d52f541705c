package io.phalanx.placement.model;

import org.optaplanner.core.impl.phase.scope.AbstractPhaseScope;
import org.optaplanner.core.impl.solver.scope.SolverScope;
import org.optaplanner.core.impl.solver.termination.AbstractTermination;

/**
 * Ends the exchange of gangs when there is nothing to exchange, or when its attempts or their use
 * have run out. It knows of no progress in time, so the acceptor's temperature stays what it is.
 */
public final class ExchangeEnded extends AbstractTermination<Round> {
  @Override
  public boolean isSolverTerminated(SolverScope<Round> solver) {
    return false;
  }

  @Override
  public boolean isPhaseTerminated(AbstractPhaseScope<Round> phase) {
    return phase.getWorkingSolution().course.hasExchangeEnded();
  }

  @Override
  public double calculateSolverTimeGradient(SolverScope<Round> solver) {
    return 0.0;
  }

  @Override
  public double calculatePhaseTimeGradient(AbstractPhaseScope<Round> phase) {
    return 0.0;
  }
}
