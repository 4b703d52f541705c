package io.phalanx.placement.kernel;

/**
 * By operator, the miners that a search may still have to look at: what it has visited is passed
 * over once and then left out.
 */
final class OperatorMiners {
  private final Fleet fleet;
  private final int[][] miners;
  private final int[] count;
  private final int[] searchOf;

  OperatorMiners(Fleet fleet) {
    this.fleet = fleet;
    int operators = fleet.operators.size();
    miners = new int[operators][];
    count = new int[operators];
    searchOf = new int[operators];
  }

  /** The first {@link #count} of it; whoever reads it may move them to the front. */
  int[] of(int operator, int search) {
    if (searchOf[operator] != search) {
      int[] all = fleet.ofOperator(operator);
      if (miners[operator] == null) {
        miners[operator] = all.clone();
      } else {
        System.arraycopy(all, 0, miners[operator], 0, all.length);
      }
      count[operator] = all.length;
      searchOf[operator] = search;
    }
    return miners[operator];
  }

  int count(int operator) {
    return count[operator];
  }

  /** Only the first {@code kept} are left for the rest of this search. */
  void keep(int operator, int kept) {
    count[operator] = kept;
  }
}
