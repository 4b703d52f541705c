package io.phalanx.placement.kernel;

import java.util.Arrays;

/**
 * The miners of some tiers under one preference, the best at the present prices first. Prices only
 * rise, so what a miner is worth only falls: an entry is looked at again when it comes to the top,
 * and the ranking is read no further than somebody asks.
 */
final class Pool {
  private static final int INITIAL = 32;

  private final Instance instance;
  private final int filter;
  private final Ranking ranking;
  private final long[] price;
  private final long[] ranks;

  /** A heap by worth when it was put in; of two with the same worth the lower rank is better. */
  private long[] worth = new long[INITIAL];

  private int[] rank = new int[INITIAL];
  private int size;

  /** Of the ranking, what has not been read. */
  private int word;

  private long bits;

  /**
   * @param demand whose preference and tiers
   * @param isOwn whether it has only miners that suit this demand, else all of these tiers
   * @param price by miner, none negative; read whenever somebody asks
   */
  Pool(Instance instance, int demand, boolean isOwn, long[] price) {
    this.instance = instance;
    this.filter = isOwn ? demand : Board.NONE;
    this.ranking = instance.ranking[demand];
    this.price = price;
    this.ranks = ranking.ranks(instance.tiers[demand]);
    this.bits = ranks.length == 0 ? 0 : ranks[0];
  }

  /** The best miner, which stays, or −1 when none is left. */
  int first() {
    while (true) {
      read();
      if (size == 0) {
        return Board.NONE;
      }
      int miner = ranking.at[rank[0]];
      long now = ranking.fit[miner] - price[miner];
      if (now == worth[0]) {
        return miner;
      }
      sink(now, rank[0]);
    }
  }

  /** Takes out whom {@link #first} has just named. */
  void removeFirst() {
    size--;
    sink(worth[size], rank[size]);
  }

  /** Puts a miner that was taken out back in, at its present price. */
  void giveBack(int miner) {
    offer(ranking.fit[miner] - price[miner], ranking.rankOf[miner]);
  }

  /** Reads on in the ranking while the next miner, free of charge, would be the best. */
  private void read() {
    while (true) {
      while (bits == 0) {
        if (word + 1 >= ranks.length) {
          return;
        }
        bits = ranks[++word];
      }
      int next = (word << 6) + Long.numberOfTrailingZeros(bits);
      int miner = ranking.at[next];
      if (size > 0 && worth[0] >= ranking.fit[miner]) {
        return;
      }
      bits &= bits - 1;
      if (filter == Board.NONE || instance.meets(filter, miner)) {
        offer(ranking.fit[miner] - price[miner], next);
      }
    }
  }

  private void offer(long newWorth, int newRank) {
    if (size == worth.length) {
      worth = Arrays.copyOf(worth, 2 * size);
      rank = Arrays.copyOf(rank, 2 * size);
    }
    int hole = size++;
    while (hole > 0 && isBetter(newWorth, newRank, (hole - 1) / 2)) {
      move((hole - 1) / 2, hole);
      hole = (hole - 1) / 2;
    }
    worth[hole] = newWorth;
    rank[hole] = newRank;
  }

  /** Replaces the top. */
  private void sink(long newWorth, int newRank) {
    int hole = 0;
    while (2 * hole + 1 < size) {
      int child = 2 * hole + 1;
      if (child + 1 < size && isBetter(worth[child + 1], rank[child + 1], child)) {
        child++;
      }
      if (isBetter(newWorth, newRank, child)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    if (size > 0) {
      worth[hole] = newWorth;
      rank[hole] = newRank;
    }
  }

  private boolean isBetter(long newWorth, int newRank, int than) {
    return newWorth != worth[than] ? newWorth > worth[than] : newRank < rank[than];
  }

  private void move(int from, int to) {
    worth[to] = worth[from];
    rank[to] = rank[from];
  }
}
