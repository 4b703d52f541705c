package io.phalanx.placement.kernel;

import java.util.Arrays;

/**
 * The held miners that the demands of one kind met in a search and left alone, in a chain for each
 * operator: a demand without room on an operator passes over all its miners at once.
 */
final class LeftAlone {
  /**
   * By operator, of all kinds together: its chain while the first demand of a kind looks around.
   */
  private final int[] chainOf;

  private int search;
  private int[] operator = new int[0];
  private int[] first = new int[0];
  private int[] last = new int[0];
  private int chains;
  private int[] miner = new int[0];
  private int[] next = new int[0];
  private int count;

  /**
   * @param chainOf of as many numbers as there are operators, all −1, shared with other kinds
   */
  LeftAlone(int[] chainOf) {
    this.chainOf = chainOf;
  }

  /** Whether it is of that search. */
  boolean isOf(int current) {
    return search == current;
  }

  /** Forgets all; what is added from now on is of that search, until {@link #end}. */
  void begin(int current) {
    search = current;
    chains = 0;
    count = 0;
  }

  void add(int itsOperator, int itsMiner) {
    int chain = chainOf[itsOperator];
    if (chain < 0) {
      chain = newChain(itsOperator);
      chainOf[itsOperator] = chain;
    }
    if (count == miner.length) {
      miner = Arrays.copyOf(miner, Math.max(16, 2 * count));
      next = Arrays.copyOf(next, miner.length);
    }
    miner[count] = itsMiner;
    append(chain, count++);
  }

  /** The first demand has seen all. */
  void end() {
    for (int chain = 0; chain < chains; chain++) {
      chainOf[operator[chain]] = Board.NONE;
    }
  }

  int chains() {
    return chains;
  }

  int operator(int chain) {
    return operator[chain];
  }

  /** Empties a chain and says what was first in it; go on with {@link #next}. */
  int take(int chain) {
    int taken = first[chain];
    first[chain] = Board.NONE;
    return taken;
  }

  int miner(int at) {
    return miner[at];
  }

  int next(int at) {
    return next[at];
  }

  /** Puts back what was taken; only after what is next to it was asked for. */
  void append(int chain, int at) {
    next[at] = Board.NONE;
    if (first[chain] == Board.NONE) {
      first[chain] = at;
    } else {
      next[last[chain]] = at;
    }
    last[chain] = at;
  }

  private int newChain(int itsOperator) {
    if (chains == operator.length) {
      operator = Arrays.copyOf(operator, Math.max(16, 2 * chains));
      first = Arrays.copyOf(first, operator.length);
      last = Arrays.copyOf(last, operator.length);
    }
    operator[chains] = itsOperator;
    first[chains] = Board.NONE;
    return chains++;
  }
}
