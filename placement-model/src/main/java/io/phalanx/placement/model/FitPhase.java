package io.phalanx.placement.model;

import io.phalanx.placement.kernel.Board;
import io.phalanx.placement.kernel.GangExchange;
import io.phalanx.placement.kernel.Kernel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.optaplanner.core.api.score.director.ScoreDirector;
import org.optaplanner.core.impl.phase.custom.CustomPhaseCommand;

/** After gangs were exchanged: raises the fit of those that are in. */
public final class FitPhase implements CustomPhaseCommand<Round> {
  @Override
  public void changeWorkingSolution(ScoreDirector<Round> director) {
    Round round = director.getWorkingSolution();
    GangExchange exchange = round.course.exchange();
    if (exchange != null) {
      exchange.follow(slot -> indexOf(round.slots.get(slot).miner));
      raise(round);
      place(director, round.course.kernel().board());
    }
  }

  /** Raises the fit on the kernel's board, and lists for every demand the miners that suit it. */
  static void raise(Round round) {
    Kernel kernel = round.course.kernel();
    kernel.raiseFit(round.course.deadline);
    Map<Integer, List<IdleMiner>> lists = new HashMap<>(); // those of one kind share a list
    for (Slot slot : round.slots) {
      if (round.instance.slotWithin(slot.id()) == 0) {
        int demand = slot.need().index();
        slot.need()
            .shortlist()
            .addAll(
                lists.computeIfAbsent(
                    round.instance.kind(demand),
                    kind ->
                        Arrays.stream(kernel.shortlist(demand)).mapToObj(round::miner).toList()));
      }
    }
    round.course.endConstruction();
  }

  /** Makes the working solution what is on {@code board}. */
  static void place(ScoreDirector<Round> director, Board board) {
    Round round = director.getWorkingSolution();
    for (Slot slot : round.slots) {
      if (indexOf(slot.miner) != board.minerOf(slot.id())) {
        set(director, slot, null); // first all leave, so that no miner has two in between
      }
    }
    for (Slot slot : round.slots) {
      int miner = board.minerOf(slot.id());
      if (miner != indexOf(slot.miner)) {
        set(director, slot, round.miner(miner));
      }
    }
    director.triggerVariableListeners();
  }

  private static void set(ScoreDirector<Round> director, Slot slot, @Nullable IdleMiner miner) {
    director.beforeVariableChanged(slot, Slot.MINER);
    slot.miner = miner;
    director.afterVariableChanged(slot, Slot.MINER);
  }

  private static int indexOf(@Nullable IdleMiner miner) {
    return miner == null ? ScoreState.NONE : miner.index();
  }
}
