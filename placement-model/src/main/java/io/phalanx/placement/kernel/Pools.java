package io.phalanx.placement.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hands out miners by falling worth to one demand after the other. Demands with the same preference
 * and tiers share a pool and pass over what does not suit them; a kind that has to pass over too
 * much gets a pool of its own.
 */
final class Pools {
  private static final int MOST_PASSED = 48;

  private final Instance instance;
  private final long[] price;
  private final @Nullable Pool[] ofKind;
  private final @Nullable Pool[][] shared;
  private int[] taken = new int[64];
  private int count;
  private int passed;
  private int demand;
  private @Nullable Pool pool;

  /**
   * @param price by miner; they may rise, and never fall
   */
  Pools(Instance instance, long[] price) {
    this.instance = instance;
    this.price = price;
    this.ofKind = new Pool[instance.kinds + 1];
    this.shared = new Pool[instance.rankings.size()][];
    Arrays.setAll(shared, i -> new Pool[Long.SIZE]);
  }

  /** Begins to look for miners for {@code wanted}. */
  void open(int wanted) {
    demand = wanted;
    count = 0;
    passed = 0;
    pool = pool(wanted);
  }

  /** The best miner that suits and was not passed over since {@link #open}, or −1. */
  int first() {
    Pool open = opened();
    int miner = open.first();
    while (miner != Board.NONE && !instance.meets(demand, miner)) {
      passed++;
      pass(open, miner);
      miner = open.first();
    }
    return miner;
  }

  /** Goes on to the next after {@code miner}, whom {@link #first} has just named. */
  void pass(int miner) {
    pass(opened(), miner);
  }

  private void pass(Pool open, int miner) {
    if (count == taken.length) {
      taken = Arrays.copyOf(taken, 2 * count);
    }
    taken[count++] = miner;
    open.removeFirst();
  }

  /** Gives back all that were passed over, at the prices that they have by now. */
  void close() {
    Pool open = opened();
    for (int i = 0; i < count; i++) {
      open.giveBack(taken[i]);
    }
    int kind = instance.kindOf[demand];
    if (passed > MOST_PASSED && ofKind[kind] == null) {
      ofKind[kind] = new Pool(instance, demand, true, price);
    }
  }

  /** The best miners for {@code wanted}, {@code most} of them, best first. */
  int[] best(int wanted, int most) {
    int[] best = new int[most];
    int found = 0;
    open(wanted);
    for (int miner = first(); found < most && miner != Board.NONE; miner = first()) {
      best[found++] = miner;
      pass(miner);
    }
    close();
    return Arrays.copyOf(best, found);
  }

  private Pool opened() {
    if (pool == null) {
      throw new IllegalStateException("nobody has opened a pool");
    }
    return pool;
  }

  private Pool pool(int wanted) {
    Pool own = ofKind[instance.kindOf[wanted]];
    if (own != null) {
      return own;
    }
    Pool[] byTiers = shared[instance.rankingIndex[wanted]];
    int tiers = instance.tiers[wanted];
    Pool common = byTiers[tiers];
    if (common == null) {
      common = new Pool(instance, wanted, false, price);
      byTiers[tiers] = common;
    }
    return common;
  }
}
