package io.phalanx.placement.kernel;

import io.phalanx.placement.Demand;
import io.phalanx.placement.PlacementProblem;
import java.util.stream.IntStream;

/**
 * Tries one demand in many forms against the same queue and fleet, each as a round would: after
 * everyone who is worth more, and by moving those where that helps. Without other gangs in the
 * queue the answer is that of the best plan; with them it may differ, since gangs are exchanged
 * afterwards. Not for two threads at once.
 */
public final class Trial {
  private final Instance instance;
  private final int asked;
  private final int[] order;
  private final int placeOfAsked;
  private ValueStage stage;
  private Augmenter augmenter;
  private Board board;
  private int inserted;

  /**
   * @param problem the queue with the demand in it
   * @param asked which one it is
   */
  public Trial(PlacementProblem problem, int asked) {
    this.instance = new Instance(problem, 0);
    this.asked = asked;
    this.order = ValueStage.order(instance);
    this.placeOfAsked = IntStream.range(0, order.length).filter(i -> order[i] == asked).sum();
    this.board = new Board(instance);
    this.augmenter = new Augmenter(board);
    this.stage = new ValueStage(board, augmenter);
  }

  /** Whether the demand as it is would get all that it requires; of equals, the earlier first. */
  public boolean fits() {
    return fits(instance.demand(asked), false);
  }

  /**
   * Whether {@code variant} would get all that it requires in its place, even if every other demand
   * of the same value came first.
   *
   * @param variant of the same deployment, slots and preference
   */
  public boolean fits(Demand variant) {
    return fits(variant, true);
  }

  private boolean fits(Demand variant, boolean lastOfEquals) {
    instance.replace(asked, variant);
    insertBefore(instance.value[asked], lastOfEquals);
    int required = instance.required[asked];
    if (required > 1 && !augmenter.couldHold(asked, required)) {
      return false;
    }
    while (board.placed[asked] < required && augmenter.place(asked)) {}
    boolean isIn = board.placed[asked] == required;
    board.dropAll(asked);
    return isIn;
  }

  /** The others that come first stay on the board for the next trial, as far as they come first. */
  private void insertBefore(long value, boolean lastOfEquals) {
    int before = 0;
    while (before < order.length && comesFirst(order[before], before, value, lastOfEquals)) {
      before++;
    }
    if (before < inserted) {
      board = new Board(instance);
      augmenter = new Augmenter(board);
      stage = new ValueStage(board, augmenter);
      inserted = 0;
    }
    for (; inserted < before; inserted++) {
      int demand = order[inserted];
      if (demand != asked) {
        stage.insert(demand, instance.required[demand]);
      }
    }
  }

  private boolean comesFirst(int demand, int place, long value, boolean lastOfEquals) {
    if (demand == asked) {
      return true; // skipped when its turn comes
    }
    long other = instance.value[demand];
    return other > value || (other == value && (lastOfEquals || place < placeOfAsked));
  }
}
