package io.phalanx.placement.model;

import io.phalanx.placement.kernel.Board;
import io.phalanx.placement.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.phase.custom.CustomPhaseCommand;

/** The first phase: places what the kernel constructs. */
public final class KernelPhase implements CustomPhaseCommand<Round> {
  @Override
  public void changeWorkingSolution(ScoreDirector<Round> director) {
    Round round = director.getWorkingSolution();
    Course course = round.course;
    Kernel kernel =
        Kernel.solve(
            round.instance, course.limits.exchangeSteps(), course.limits.seed(), course.deadline);
    Board board = kernel.board();
    giveShortlists(round, kernel);
    for (Slot slot : round.slots) {
      int miner = board.minerOf(slot.id());
      if (miner >= 0) {
        director.beforeVariableChanged(slot, Slot.MINER);
        slot.miner = round.miner(miner);
        director.afterVariableChanged(slot, Slot.MINER);
      }
    }
    director.triggerVariableListeners();
    course.constructed(kernel);
  }

  /** Slots of one demand share a list. */
  private static void giveShortlists(Round round, Kernel kernel) {
    List<IdleMiner> list = List.of();
    for (Slot slot : round.slots) {
      if (round.instance.slotWithin(slot.id()) == 0) {
        list = new ArrayList<>();
        for (int miner : kernel.shortlist(slot.need().index())) {
          list.add(round.miner(miner));
        }
      }
      slot.shortlist = list;
    }
  }
}
