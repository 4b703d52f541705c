package io.phalanx.placement.kernel;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Raises the fit of a board and keeps who is placed: every placed slot bids for the miner that is
 * best for it at the present prices, by as much as that one is better than the second best, plus a
 * step. Prices start at 0, so what nobody bid for is free, and the prices bound the fit of every
 * plan that places the same.
 */
final class Auction {
  private static final int SHORTLIST = 32;

  /** Most list entries that are read for a slot before the rest of the slots gets what is left. */
  private static final long SCANNED_PER_SLOT = 8_000;

  private static final long SCANNED_AT_LEAST = 1_000_000;

  private final Board board;
  private final Instance instance;
  private final Tally tally;
  private final long[] price;
  private final @Nullable Shortlist[] shortlists;
  private final int[] length;
  private long scanned;
  private int best;
  private long bestWorth;
  private long secondWorth;

  Auction(Board board) {
    this.board = board;
    this.instance = board.instance;
    this.tally = new Tally(board);
    this.price = new long[instance.fleet.size];
    this.shortlists = new Shortlist[instance.kinds];
    this.length = new int[instance.kinds];
    Arrays.fill(length, SHORTLIST);
  }

  /** Prices by miner after {@link #run}. */
  long[] price() {
    return price;
  }

  /**
   * Auctions all placed slots.
   *
   * @param step the least raise of a price: the smaller, the closer to the best fit and the more
   *     bids
   */
  void run(int step, Deadline deadline) {
    int[] before = board.minerOf.clone();
    long fitBefore = board.fit();
    Arrays.fill(price, 0);
    Arrays.fill(shortlists, null);
    Deque<Integer> bidders = dropAll();
    long limit = SCANNED_AT_LEAST + SCANNED_PER_SLOT * bidders.size();
    Deque<Integer> stuck = new ArrayDeque<>();
    while (!bidders.isEmpty()) {
      int slot = bidders.pop();
      if (deadline.hasPassed()) {
        board.restore(before);
        return;
      }
      if (scanned >= limit || !bid(slot, step, bidders)) {
        stuck.push(slot);
      }
    }
    if (!complete(stuck) || board.fit() < fitBefore) {
      board.restore(before);
    }
  }

  private Deque<Integer> dropAll() {
    Deque<Integer> bidders = new ArrayDeque<>();
    for (int slot = 0; slot < instance.slots; slot++) {
      if (board.minerOf[slot] != Board.NONE) {
        board.drop(slot);
        bidders.push(slot);
      }
    }
    return bidders;
  }

  private boolean bid(int slot, int step, Deque<Integer> bidders) {
    int demand = instance.demandOf[slot];
    choose(demand);
    if (best == Board.NONE) {
      return false;
    }
    price[best] += (secondWorth == Long.MIN_VALUE ? 0 : bestWorth - secondWorth) + step;
    int loser = board.slotOf[best];
    if (loser != Board.NONE) {
      board.drop(loser);
      bidders.push(loser);
    }
    board.put(slot, best);
    return true;
  }

  /** Those that found nothing to bid for, or not in time, get a place by moving others. */
  private boolean complete(Deque<Integer> stuck) {
    Augmenter augmenter = new Augmenter(board);
    for (int slot : stuck) {
      if (!augmenter.place(instance.demandOf[slot])) {
        return false;
      }
    }
    return true;
  }

  /** Finds the best and the second best for one more slot of {@code demand}. */
  private void choose(int demand) {
    Shortlist list = shortlists[instance.kindOf[demand]];
    if (list == null) {
      list = renew(demand);
    }
    scan(demand, list);
    if (!list.isComplete() && secondWorth < list.rest) {
      list = renew(demand);
      scan(demand, list);
      while (!list.isComplete() && secondWorth < list.rest) {
        length[instance.kindOf[demand]] *= 2;
        list = renew(demand);
        scan(demand, list);
      }
    }
  }

  private Shortlist renew(int demand) {
    Shortlist list = Shortlist.of(instance, demand, price, length[instance.kindOf[demand]]);
    scanned += list.scanned;
    shortlists[instance.kindOf[demand]] = list;
    return list;
  }

  private void scan(int demand, Shortlist list) {
    scanned += list.miners.length;
    int[] fit = instance.ranking[demand].fit;
    best = Board.NONE;
    bestWorth = Long.MIN_VALUE;
    secondWorth = Long.MIN_VALUE;
    tally.load(demand, Board.NONE);
    for (int miner : list.miners) {
      long worth = fit[miner] - price[miner];
      if (worth > secondWorth && mayTake(demand, miner)) {
        if (worth > bestWorth) {
          secondWorth = bestWorth;
          bestWorth = worth;
          best = miner;
        } else {
          secondWorth = worth;
        }
      }
    }
    tally.clear(demand, Board.NONE);
  }

  private boolean mayTake(int demand, int miner) {
    int slot = board.slotOf[miner];
    return tally.hasRoom(instance.fleet.operator[miner])
        && (slot == Board.NONE || instance.demandOf[slot] != demand);
  }
}
