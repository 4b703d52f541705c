package io.phalanx.loadtests.compare;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Deployments one after the other by falling value, each replica on the node that scores best of
 * those that pass the filters; a gang that cannot be whole is rolled back. As Kubernetes' scheduler
 * does it with its co-scheduling plugin.
 */
final class FilterAndScore implements Peer {
  private static final int LEAST_NODES = 100;
  private static final int LEAST_PERCENT = 5;
  private static final int PERCENT = 50;
  private static final int NODES_PER_PERCENT = 125;

  /** The name of the one that scores every node. */
  static final String ALL = "filter-and-score";

  private final boolean sampled;

  private FilterAndScore(boolean sampled) {
    this.sampled = sampled;
  }

  /** Scores every node that passes. */
  static FilterAndScore all() {
    return new FilterAndScore(false);
  }

  /** Stops looking when enough nodes have passed, and goes on from there for the next replica. */
  static FilterAndScore sampled() {
    return new FilterAndScore(true);
  }

  @Override
  public String name() {
    return sampled ? ALL + ", sampled" : ALL;
  }

  @Override
  public String configuration() {
    return sampled
        ? "The same, but it stops filtering once "
            + "max(100, nodes × max(5, 50 − nodes / 125) %) nodes have passed, and starts for the"
            + " next replica where it stopped: Kubernetes' default percentageOfNodesToScore."
        : "Sequential, over arrays: for each replica, deployments by falling value, every free"
            + " miner is filtered, and the one with the highest fit of those that pass is taken;"
            + " gangs roll back when they cannot be whole. One thread; Kubernetes would filter and"
            + " score on 16, and pay for its framework.";
  }

  @Override
  public boolean takes(Size size, boolean all) {
    return all || !size.isLarge() || sampled;
  }

  @Override
  public Supplier<int[]> place(Grid grid) {
    int[] minerOf = new Run(grid).place();
    return () -> minerOf;
  }

  private final class Run {
    private final Grid grid;
    private final int[] minerOf;
    private final boolean[] taken;
    private final int[] onOperator;
    private final int enough;
    private int start;

    Run(Grid grid) {
      this.grid = grid;
      this.minerOf = grid.nothing();
      this.taken = new boolean[grid.miners];
      this.onOperator = new int[grid.operators];
      int percent = Math.max(LEAST_PERCENT, PERCENT - grid.miners / NODES_PER_PERCENT);
      this.enough =
          sampled ? Math.max(LEAST_NODES, grid.miners * percent / 100) : Integer.MAX_VALUE;
    }

    int[] place() {
      for (int d : grid.byValue()) {
        place(d);
      }
      return minerOf;
    }

    private void place(int d) {
      Arrays.fill(onOperator, 0);
      int placed = 0;
      for (int slot = grid.firstSlot[d]; slot < grid.firstSlot[d + 1]; slot++) {
        int best = best(d);
        if (best < 0) {
          break;
        }
        minerOf[slot] = best;
        taken[best] = true;
        onOperator[grid.operator[best]]++;
        placed++;
      }
      if (placed < grid.required(d)) {
        for (int slot = grid.firstSlot[d]; slot < grid.firstSlot[d] + placed; slot++) {
          taken[minerOf[slot]] = false;
          minerOf[slot] = -1;
        }
      }
    }

    private int best(int d) {
      int best = -1;
      long bestFit = Long.MIN_VALUE;
      int passed = 0;
      int cap = grid.cap(d);
      for (int looked = 0; looked < grid.miners && passed < enough; looked++) {
        int miner = sampled ? (start + looked) % grid.miners : looked;
        if (!taken[miner] && onOperator[grid.operator[miner]] < cap && grid.suits(d, miner)) {
          passed++;
          long fit = grid.fit(d, miner);
          if (fit > bestFit) {
            bestFit = fit;
            best = miner;
          }
        }
        if (passed == enough) {
          start = (start + looked + 1) % grid.miners;
        }
      }
      return best;
    }
  }
}
