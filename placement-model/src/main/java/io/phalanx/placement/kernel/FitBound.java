package io.phalanx.placement.kernel;

import org.jspecify.annotations.Nullable;

/**
 * An upper bound of the fit by prices (the dual of the assignment): whoever pays the prices can be
 * no happier than with its best miners at these prices, and all prices together are what the miners
 * can earn at most.
 */
public final class FitBound {
  private static final int SHORTLIST = 16;

  private final Instance instance;
  private final long[] price;
  private final @Nullable Shortlist[] lists;

  FitBound(Instance instance, long[] price) {
    this.instance = instance;
    this.price = price;
    this.lists = new Shortlist[instance.kinds];
  }

  /** No plan that places {@code placed[d]} slots of each demand has a higher fit. */
  public long of(int[] placed) {
    long bound = 0;
    for (long p : price) {
      bound += p;
    }
    for (int demand = 0; demand < instance.demands; demand++) {
      if (placed[demand] > 0) {
        bound += best(demand, placed[demand]) + instance.offset(demand) * placed[demand];
      }
    }
    return bound;
  }

  /** The highest sum of fit less price on {@code count} miners, within the operators' caps. */
  private long best(int demand, int count) {
    int length = Math.max(SHORTLIST, 2 * count);
    while (true) {
      Shortlist list = list(demand, length);
      int[] used = new int[list.miners.length];
      int taken = 0;
      long sum = 0;
      for (int i = 0; i < list.miners.length && taken < count; i++) {
        int miner = list.miners[i];
        int operator = instance.fleet.operator[miner];
        if (isWithinCap(demand, operator, used, taken)) {
          used[taken++] = operator;
          sum += instance.ranking[demand].fit[miner] - price[miner];
        }
      }
      if (taken == count || list.isComplete()) {
        return sum;
      }
      length *= 2;
    }
  }

  /** At least so many miners, or all that suit. */
  private Shortlist list(int demand, int length) {
    int kind = instance.kindOf[demand];
    Shortlist list = lists[kind];
    if (list == null || (list.miners.length < length && !list.isComplete())) {
      list = Shortlist.of(instance, demand, price, length);
      lists[kind] = list;
    }
    return list;
  }

  private boolean isWithinCap(int demand, int operator, int[] used, int taken) {
    int room = instance.room(demand, operator);
    if (room == Integer.MAX_VALUE) {
      return true;
    }
    int count = 0;
    for (int i = 0; i < taken; i++) {
      count += used[i] == operator ? 1 : 0;
    }
    return count < room;
  }
}
