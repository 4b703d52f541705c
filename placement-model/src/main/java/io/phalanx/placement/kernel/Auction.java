package io.phalanx.placement.kernel;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Raises the fit of a board and keeps who is placed: every placed slot bids for the miner that is
 * best for it at the present prices, by as much as that one is better than the second best, plus a
 * step. Prices start at 0, so what nobody bid for is free, and the prices bound the fit of every
 * plan that places the same.
 */
final class Auction {
  /** Most bids for a slot before the rest of the slots gets what is left. */
  private static final long BIDS_PER_SLOT = 600;

  private static final long BIDS_AT_LEAST = 200_000;

  /** Looking at the clock costs more than a bid. */
  private static final int BIDS_PER_LOOK = 64;

  private final Board board;
  private final Instance instance;
  private final Tally tally;
  private final long[] price;
  private Pools pools;
  private long bids;
  private int best;
  private long bestWorth;
  private long secondWorth;

  Auction(Board board) {
    this.board = board;
    this.instance = board.instance;
    this.tally = new Tally(board);
    this.price = new long[instance.fleet.size];
    this.pools = new Pools(instance, price);
  }

  /** Prices by miner after {@link #run}. */
  long[] price() {
    return price;
  }

  /** The miners of each kind at these prices. */
  Pools pools() {
    return pools;
  }

  /** Bids made in the last run. */
  long bids() {
    return bids;
  }

  /**
   * Auctions all placed slots.
   *
   * @param step the least raise of a price: the smaller, the closer to the best fit and the more
   *     bids
   * @return whether everyone found a place by bidding
   */
  boolean run(int step, Deadline deadline) {
    int[] before = board.minerOf.clone();
    long fitBefore = board.fit();
    Arrays.fill(price, 0);
    pools = new Pools(instance, price);
    Deque<Integer> bidders = dropAll();
    bids = 0;
    long limit = BIDS_AT_LEAST + BIDS_PER_SLOT * bidders.size();
    Deque<Integer> stuck = new ArrayDeque<>();
    while (!bidders.isEmpty()) {
      int slot = bidders.pop();
      if (bids++ % BIDS_PER_LOOK == 0 && deadline.hasPassed()) {
        board.restore(before);
        return false;
      }
      if (bids > limit || !bid(slot, step, bidders)) {
        stuck.push(slot);
      }
    }
    boolean isComplete = complete(stuck) && board.fit() >= fitBefore;
    if (!isComplete) {
      board.restore(before);
    }
    return isComplete && stuck.isEmpty();
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
    choose(instance.demandOf[slot]);
    if (best != Board.NONE) {
      price[best] += (secondWorth == Long.MIN_VALUE ? 0 : bestWorth - secondWorth) + step;
    }
    pools.close(); // only now, so that the best goes to where its new price belongs
    if (best == Board.NONE) {
      return false;
    }
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
    if (stuck.isEmpty()) {
      return true;
    }
    Augmenter augmenter = new Augmenter(board);
    for (int slot : stuck) {
      if (!augmenter.place(instance.demandOf[slot])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Finds the best and the second best for one more slot of {@code demand}; the pool stays open.
   */
  private void choose(int demand) {
    best = Board.NONE;
    secondWorth = Long.MIN_VALUE;
    int[] fit = instance.ranking[demand].fit;
    tally.load(demand, Board.NONE);
    pools.open(demand);
    for (int miner = pools.first(); miner != Board.NONE; miner = pools.first()) {
      if (mayTake(demand, miner)) {
        if (best != Board.NONE) {
          secondWorth = fit[miner] - price[miner];
          break;
        }
        best = miner;
        bestWorth = fit[miner] - price[miner];
      }
      pools.pass(miner);
    }
    tally.clear(demand, Board.NONE);
  }

  private boolean mayTake(int demand, int miner) {
    int slot = board.slotOf[miner];
    return tally.hasRoom(instance.fleet.operator[miner])
        && (slot == Board.NONE || instance.demandOf[slot] != demand);
  }
}
