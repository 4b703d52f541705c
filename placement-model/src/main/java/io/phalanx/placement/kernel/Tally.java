package io.phalanx.placement.kernel;

/**
 * How many slots of one demand are on each operator. It is loaded for a demand, asked while miners
 * are scanned, and cleared.
 */
final class Tally {
  private final Board board;
  private final int[] count;
  private int cap;

  Tally(Board board) {
    this.board = board;
    this.count = new int[board.instance.fleet.operators.size()];
  }

  /**
   * @param without a miner that the demand is about to give up, or −1
   */
  void load(int demand, int without) {
    cap = board.instance.cap[demand];
    if (cap == 0) {
      return;
    }
    add(demand, 1);
    if (without >= 0) {
      count[board.instance.fleet.operator[without]]--;
    }
  }

  /** To be called with the same arguments, before the board changes. */
  void clear(int demand, int without) {
    if (cap == 0) {
      return;
    }
    if (without >= 0) {
      count[board.instance.fleet.operator[without]]++;
    }
    add(demand, -1);
  }

  boolean hasRoom(int operator) {
    return cap == 0 || count[operator] < cap;
  }

  /** Counts one more slot there for the time being; {@link #forget} takes it back. */
  void assume(int operator) {
    count[operator]++;
  }

  void forget(int operator) {
    count[operator]--;
  }

  private void add(int demand, int one) {
    Instance instance = board.instance;
    for (int s = instance.firstSlot[demand]; s < instance.firstSlot[demand + 1]; s++) {
      int miner = board.minerOf[s];
      if (miner != Board.NONE) {
        count[instance.fleet.operator[miner]] += one;
      }
    }
    int[] live = instance.live(demand);
    if (live != null) {
      for (int i = 0; i < live.length; i += 2) {
        count[live[i]] += one * live[i + 1];
      }
    }
  }
}
