package io.phalanx.loadtests.compare;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntToLongFunction;

/**
 * The best value and, at that value, the best fit, when gangs need not be whole: an upper bound of
 * the value for any plan, and the optimum when a plan reaches it. Exact min-cost flow (OR-tools) on
 * a growing set of pairs, until no pair that was left out could improve it.
 */
final class FlowOracle {
  private static final int FIRST_PAIRS = 40;
  private static final int PAIRS_PER_SLOT = 10;
  private static final int MORE_PAIRS = 30;
  private static final int MOST_PASSES = 60;

  /**
   * What no plan can exceed.
   *
   * @param value the best
   * @param fit the best at that value
   * @param proven whether every pair was either in the network or priced out
   * @param whole whether the flow itself keeps all gangs whole: then it is the optimum
   * @param pairs in the network at the end
   * @param millis it took
   */
  record Bound(long value, long fit, boolean proven, boolean whole, int pairs, long millis) {}

  private final Grid grid;
  private final FlowNetwork network;
  private final Set<Long> known = new HashSet<>();

  private FlowOracle(Grid grid) {
    this.grid = grid;
    this.network = new FlowNetwork(grid, perValue(grid));
  }

  /** More than all fits together, so that value comes first. */
  private static long perValue(Grid grid) {
    long most = 1;
    for (int d = 0; d < grid.demands; d++) {
      long best = 0;
      for (int miner = 0; miner < grid.miners; miner++) {
        if (grid.suits(d, miner)) {
          best = Math.max(best, grid.fit(d, miner));
        }
      }
      most += best * grid.lacking(d);
    }
    return most;
  }

  /** The bound; {@code plan} is any feasible placement, to start from. */
  static Bound bound(Grid grid, int[] plan) {
    return new FlowOracle(grid).bound(plan);
  }

  private Bound bound(int[] plan) {
    long started = System.nanoTime();
    for (int d = 0; d < grid.demands; d++) {
      int own = d;
      for (int slot = grid.firstSlot[d]; slot < grid.firstSlot[d + 1]; slot++) {
        if (plan[slot] >= 0) {
          add(d, plan[slot]);
        }
      }
      addBest(d, FIRST_PAIRS + PAIRS_PER_SLOT * grid.lacking(d), miner -> grid.fit(own, miner) + 1);
    }
    boolean proven = false;
    for (int pass = 0; pass < MOST_PASSES && !proven; pass++) {
      network.solve();
      int added = 0;
      for (int d = 0; d < grid.demands; d++) {
        int own = d;
        added += addBest(d, MORE_PAIRS, miner -> network.saving(own, miner));
      }
      proven = added == 0;
    }
    int[] minerOf = network.minerOf();
    long value = 0;
    long fit = 0;
    boolean whole = true;
    for (int d = 0; d < grid.demands; d++) {
      int own = 0;
      for (int slot = grid.firstSlot[d]; slot < grid.firstSlot[d + 1]; slot++) {
        if (minerOf[slot] >= 0) {
          own++;
          fit += grid.fit(d, minerOf[slot]);
        }
      }
      value += own * grid.value[d];
      whole &= own == 0 || own >= grid.required(d);
    }
    long millis = (System.nanoTime() - started) / 1_000_000;
    return new Bound(value, fit, proven, whole, known.size(), millis);
  }

  /**
   * Adds the pairs of the demand that are worth most, if they are worth anything; says how many.
   */
  private int addBest(int d, int most, IntToLongFunction worthOf) {
    long[] worth = new long[most];
    int[] best = new int[most];
    int size = 0;
    for (int miner = 0; miner < grid.miners; miner++) {
      if (grid.suits(d, miner)) {
        long own = worthOf.applyAsLong(miner);
        if (own > 0 && (size < most || own > worth[size - 1]) && !known.contains(key(d, miner))) {
          int at = size < most ? size++ : size - 1;
          while (at > 0 && worth[at - 1] < own) {
            worth[at] = worth[at - 1];
            best[at] = best[at - 1];
            at--;
          }
          worth[at] = own;
          best[at] = miner;
        }
      }
    }
    for (int i = 0; i < size; i++) {
      add(d, best[i]);
    }
    return size;
  }

  private void add(int d, int miner) {
    if (known.add(key(d, miner))) {
      network.add(d, miner);
    }
  }

  private long key(int d, int miner) {
    return (long) d * grid.miners + miner;
  }
}
