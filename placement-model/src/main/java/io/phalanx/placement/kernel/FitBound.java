package io.phalanx.placement.kernel;

/**
 * An upper bound of the fit by prices (the dual of the assignment): whoever pays the prices can be
 * no happier than with its best miners at these prices, and all prices together are what the miners
 * can earn at most. It holds for any prices that are not negative.
 */
public final class FitBound {
  private final Instance instance;
  private final long[] price;
  private final Pools pools;

  FitBound(Instance instance, long[] price) {
    this.instance = instance;
    this.price = price;
    this.pools = new Pools(instance, price);
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
    int[] used = new int[count];
    int[] fit = instance.ranking[demand].fit;
    int found = 0;
    long sum = 0;
    pools.open(demand);
    for (int miner = pools.first(); found < count && miner != Board.NONE; miner = pools.first()) {
      int operator = instance.fleet.operator[miner];
      if (isWithinCap(demand, operator, used, found)) {
        used[found++] = operator;
        sum += fit[miner] - price[miner];
      }
      pools.pass(miner);
    }
    pools.close();
    return sum;
  }

  private boolean isWithinCap(int demand, int operator, int[] used, int count) {
    int room = instance.room(demand, operator);
    if (room == Integer.MAX_VALUE) {
      return true;
    }
    int before = 0;
    for (int i = 0; i < count; i++) {
      before += used[i] == operator ? 1 : 0;
    }
    return before < room;
  }
}
