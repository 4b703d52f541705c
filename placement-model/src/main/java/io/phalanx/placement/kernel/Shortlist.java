package io.phalanx.placement.kernel;

/**
 * The miners that suit a demand best at given prices, best first: fit less price, of those that
 * were known when it was made.
 */
final class Shortlist {
  final int[] miners;

  /** No miner that is not listed is worth more than this, now or at any higher prices. */
  final long rest;

  /** How many entries of the ranking were read to make it. */
  final int scanned;

  private Shortlist(int[] miners, long rest, int scanned) {
    this.miners = miners;
    this.rest = rest;
    this.scanned = scanned;
  }

  boolean isComplete() {
    return rest == Long.MIN_VALUE;
  }

  /**
   * @param price by miner, none negative
   * @param length most miners to list
   */
  static Shortlist of(Instance instance, int demand, long[] price, int length) {
    Ranking ranking = instance.ranking[demand];
    long[] ranks = ranking.ranks(instance.tiers[demand]);
    Heap heap = new Heap(Math.min(length, ranking.at.length));
    boolean leftOut = false;
    int scanned = 0;
    scan:
    for (int word = 0; word < ranks.length; word++) {
      for (long bits = ranks[word]; bits != 0; bits &= bits - 1) {
        int rank = (word << 6) + Long.numberOfTrailingZeros(bits);
        int miner = ranking.at[rank];
        scanned++;
        if (heap.isFull() && ranking.fit[miner] <= heap.least()) {
          leftOut = true;
          break scan; // the others fit less, and no price is negative
        }
        if (instance.meets(demand, miner)) {
          leftOut |= heap.isFull();
          heap.offer(ranking.fit[miner] - price[miner], rank);
        }
      }
    }
    long rest = leftOut ? heap.least() : Long.MIN_VALUE;
    int[] miners = heap.drainBestFirst();
    for (int i = 0; i < miners.length; i++) {
      miners[i] = ranking.at[miners[i]];
    }
    return new Shortlist(miners, rest, scanned);
  }

  /**
   * The best entries offered, the least of them on top. Of two with the same worth the lower rank
   * is better.
   */
  private static final class Heap {
    private final long[] worth;
    private final int[] rank;
    private int size;

    Heap(int capacity) {
      worth = new long[capacity];
      rank = new int[capacity];
    }

    boolean isFull() {
      return size == worth.length;
    }

    long least() {
      return worth[0];
    }

    void offer(long newWorth, int newRank) {
      if (!isFull()) {
        int hole = size++;
        while (hole > 0 && isLess(newWorth, newRank, (hole - 1) / 2)) {
          move((hole - 1) / 2, hole);
          hole = (hole - 1) / 2;
        }
        set(hole, newWorth, newRank);
      } else if (size > 0 && !isLess(newWorth, newRank, 0)) {
        replaceLeast(newWorth, newRank);
      }
    }

    int[] drainBestFirst() {
      int[] ranks = new int[size];
      for (int i = size - 1; i >= 0; i--) {
        ranks[i] = rank[0];
        size--;
        replaceLeast(worth[size], rank[size]);
      }
      return ranks;
    }

    private void replaceLeast(long newWorth, int newRank) {
      int hole = 0;
      while (2 * hole + 1 < size) {
        int child = 2 * hole + 1;
        if (child + 1 < size && isLess(worth[child + 1], rank[child + 1], child)) {
          child++;
        }
        if (isLess(newWorth, newRank, child)) {
          break;
        }
        move(child, hole);
        hole = child;
      }
      set(hole, newWorth, newRank);
    }

    private boolean isLess(long newWorth, int newRank, int than) {
      return newWorth != worth[than] ? newWorth < worth[than] : newRank > rank[than];
    }

    private void move(int from, int to) {
      set(to, worth[from], rank[from]);
    }

    private void set(int at, long newWorth, int newRank) {
      if (at < worth.length) {
        worth[at] = newWorth;
        rank[at] = newRank;
      }
    }
  }
}
