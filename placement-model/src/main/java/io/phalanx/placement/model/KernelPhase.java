package io.phalanx.placement.model;

import io.phalanx.placement.kernel.Kernel;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.phase.custom.CustomPhaseCommand;

/**
 * The first phase: places what the kernel constructs, with its fit unless gangs may be exchanged.
 */
public final class KernelPhase implements CustomPhaseCommand<Round> {
  @Override
  public void changeWorkingSolution(ScoreDirector<Round> director) {
    Round round = director.getWorkingSolution();
    Kernel kernel = Kernel.construct(round.instance);
    round.course.constructed(kernel);
    if (round.course.exchange() == null) {
      FitPhase.raise(round);
    }
    FitPhase.place(director, kernel.board());
  }
}
