package io.phalanx.placement.model;

import io.phalanx.placement.kernel.Board;
import io.phalanx.placement.kernel.Kernel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** Slots of demands of one kind share a list. */
  private static void giveShortlists(Round round, Kernel kernel) {
    Map<Integer, List<IdleMiner>> lists = new HashMap<>();
    for (Slot slot : round.slots) {
      int demand = slot.need().index();
      slot.shortlist =
          lists.computeIfAbsent(
              round.instance.kind(demand), kind -> miners(round, kernel.shortlist(demand)));
    }
  }

  private static List<IdleMiner> miners(Round round, int[] numbers) {
    List<IdleMiner> miners = new ArrayList<>(numbers.length);
    for (int miner : numbers) {
      miners.add(round.miner(miner));
    }
    return miners;
  }
}
