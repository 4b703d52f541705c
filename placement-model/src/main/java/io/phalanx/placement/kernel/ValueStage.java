package io.phalanx.placement.kernel;

import java.util.stream.IntStream;

/**
 * Inserts the demands by falling value. Sets of slots that can be placed together are a matroid, so
 * without gangs this is the best value; a gang that does not fit is taken out again.
 */
final class ValueStage {
  static final int NEVER = Integer.MAX_VALUE;

  private final Board board;
  private final Instance instance;
  private final Augmenter augmenter;

  ValueStage(Board board, Augmenter augmenter) {
    this.board = board;
    this.instance = board.instance;
    this.augmenter = augmenter;
  }

  /**
   * Fills the board.
   *
   * @param required the fewest slots by demand, {@link #NEVER} for those to leave out
   * @return whether a gang was left out, so that the value may be short of the bound
   */
  boolean run(int[] required) {
    boolean leftOut = false;
    for (int demand : order(instance)) {
      if (required[demand] != NEVER) {
        leftOut |= !insert(demand, required[demand]);
      }
    }
    return leftOut;
  }

  /**
   * Demands by falling value; among equals the larger gangs first, as small ones fill what is left.
   */
  static int[] order(Instance instance) {
    return IntStream.range(0, instance.demands)
        .boxed()
        .sorted(
            (a, b) -> {
              int byValue = Long.compare(instance.value[b], instance.value[a]);
              return byValue != 0
                  ? byValue
                  : Integer.compare(instance.required[b], instance.required[a]);
            })
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Whether no gang was left out: it is in, or nothing of it is because it is no gang. */
  boolean insert(int demand, int required) {
    if (required > 1 && !augmenter.couldHold(demand, required)) {
      return false;
    }
    while (board.placed[demand] < instance.lacking[demand] && augmenter.place(demand)) {}
    if (board.placed[demand] == instance.lacking[demand]) {
      return true;
    }
    if (board.placed[demand] >= required || board.placed[demand] == 0) {
      augmenter.freeze();
      return true;
    }
    board.dropAll(demand);
    return false;
  }
}
