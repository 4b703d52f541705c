package io.phalanx.placement.kernel;

import java.util.Arrays;

/**
 * Finds a place for one more slot of a demand by moving others along an alternating path, as in the
 * flow demand → (demand, operator) with its cap → miner. A search that fails has seen a closed set
 * without a free miner: until something is dropped nobody finds a place through it, so it can be
 * frozen.
 */
final class Augmenter {
  private final Board board;
  private final Instance instance;
  private final Tally tally;

  /** By ranking: the ranks of the miners that no search has proved closed. */
  private final long[][] open;

  private final long[][] unvisited;

  /** By miner: the demand that would take it, and the miner that this demand would give up. */
  private final int[] seeker;

  private final int[] givenUp;

  private final int[] demandSeen;
  private final int[] classSeen;
  private final int[] pairSeen;
  private int search;

  /** By kind: no word of the ranks before this one has a free miner that suits. */
  private final int[] firstFree;

  private final long[] firstFreeAsOf;

  /** By kind: whom {@link #visitHeld} has met and left alone in this search, for want of room. */
  private final LeftAlone[] leftAlone;

  private final OperatorMiners ofOperator;

  /**
   * Miners whose holder is to be asked; as the complement when only for its place on the miner's
   * operator.
   */
  private final int[] queue;

  private int head;
  private int tail;
  private final int[] reached;
  private int reachedCount;

  Augmenter(Board board) {
    this.board = board;
    this.instance = board.instance;
    this.tally = new Tally(board);
    int miners = instance.fleet.size;
    open = new long[instance.rankings.size()][];
    unvisited = new long[open.length][];
    for (int i = 0; i < open.length; i++) {
      open[i] = Bits.all(miners);
      unvisited[i] = open[i].clone();
    }
    seeker = new int[miners];
    givenUp = new int[miners];
    queue = new int[miners];
    demandSeen = new int[instance.demands];
    classSeen = new int[instance.classes + 1];
    pairSeen = new int[instance.slots];
    reached = new int[instance.demands];
    firstFree = new int[instance.kinds + 1];
    firstFreeAsOf = new long[instance.kinds + 1];
    ofOperator = new OperatorMiners(instance.fleet);
    leftAlone = new LeftAlone[instance.kinds + 1];
    int[] chainOf = new int[instance.fleet.operators.size()];
    Arrays.fill(chainOf, Board.NONE);
    Arrays.setAll(leftAlone, kind -> new LeftAlone(chainOf));
  }

  /** Places one more slot of {@code demand}, on the best free miner if there is one. */
  boolean place(int demand) {
    if (placeOnFree(demand)) {
      return true;
    }
    begin();
    return search(demand);
  }

  boolean placeOnFree(int demand) {
    tally.load(demand, Board.NONE);
    int miner = freeMiner(demand);
    tally.clear(demand, Board.NONE);
    if (miner == Board.NONE) {
      return false;
    }
    board.put(board.openSlot(demand), miner);
    return true;
  }

  /** Forgets what earlier searches saw. To be called whenever the board has changed. */
  void begin() {
    search++;
    reachedCount = 0;
    for (int i = 0; i < open.length; i++) {
      System.arraycopy(open[i], 0, unvisited[i], 0, open[i].length);
    }
  }

  /**
   * Places one more slot of {@code demand} along an augmenting path. After a failure the next
   * search goes on without what this one has seen.
   */
  boolean search(int demand) {
    head = 0;
    tail = 0;
    meet(demand);
    int found = expand(demand, Board.NONE);
    while (found == Board.NONE && head < tail) {
      int next = queue[head++];
      found = next >= 0 ? expand(board.holderOf(next), next) : expandOperator(~next);
    }
    if (found == Board.NONE) {
      return false;
    }
    shift(found, board.openSlot(demand));
    return true;
  }

  /** Closes what the failed searches since {@link #begin} have seen. */
  void freeze() {
    for (int i = 0; i < open.length; i++) {
      for (int word = 0; word < open[i].length; word++) {
        open[i][word] &= unvisited[i][word];
      }
    }
  }

  /**
   * Whether at least {@code needed} more slots of {@code demand} could be on miners that are not
   * frozen.
   */
  boolean couldHold(int demand, int needed) {
    int ranking = rankingOf(demand);
    long[] ranks = instance.ranking[demand].ranks(instance.tiers[demand]);
    int[] assumed = new int[needed];
    int count = 0;
    tally.load(demand, Board.NONE);
    for (int word = 0; word < ranks.length && count < needed; word++) {
      long bits = ranks[word] & open[ranking][word];
      for (; bits != 0 && count < needed; bits &= bits - 1) {
        int miner = instance.ranking[demand].at[(word << 6) + Long.numberOfTrailingZeros(bits)];
        int operator = instance.fleet.operator[miner];
        if (instance.meets(demand, miner) && tally.hasRoom(operator)) {
          tally.assume(operator);
          assumed[count++] = operator;
        }
      }
    }
    for (int i = 0; i < count; i++) {
      tally.forget(assumed[i]);
    }
    tally.clear(demand, Board.NONE);
    return count == needed;
  }

  /**
   * Demands that hold a miner seen since {@link #begin}, and those that searched; the first {@link
   * #reachedCount}.
   */
  int[] reached() {
    return reached;
  }

  int reachedCount() {
    return reachedCount;
  }

  boolean hasSeen(int miner) {
    return instance.rankings.isEmpty() || !isUnvisited(miner);
  }

  /**
   * Gives the place of {@code victim}, a slot on a miner that the failed search has seen, to {@code
   * demand}.
   */
  void eject(int victim, int demand) {
    int miner = board.minerOf[victim];
    board.drop(victim);
    shift(miner, board.openSlot(demand));
  }

  private int expand(int demand, int giving) {
    if (instance.cap[demand] == 0) {
      if (classSeen[instance.classOf[demand]] == search) {
        return Board.NONE; // another of its class has seen all that this one could
      }
      classSeen[instance.classOf[demand]] = search;
    }
    tally.load(demand, giving);
    int found = freeMiner(demand);
    if (found == Board.NONE) {
      visitHeld(demand, giving);
    } else {
      remember(found, demand, giving);
    }
    tally.clear(demand, giving);
    return found;
  }

  private int freeMiner(int demand) {
    Ranking ranking = instance.ranking[demand];
    long[] free = board.free[rankingOf(demand)];
    long[] ranks = ranking.ranks(instance.tiers[demand]);
    int kind = instance.kindOf[demand];
    if (firstFreeAsOf[kind] != board.freed() || instance.isReplaced(demand)) {
      firstFreeAsOf[kind] = board.freed();
      firstFree[kind] = 0;
    }
    boolean none = true;
    for (int word = firstFree[kind]; word < ranks.length; word++) {
      for (long bits = ranks[word] & free[word]; bits != 0; bits &= bits - 1) {
        int miner = ranking.at[(word << 6) + Long.numberOfTrailingZeros(bits)];
        if (instance.meets(demand, miner)) {
          none = false;
          if (tally.hasRoom(instance.fleet.operator[miner])) {
            return miner;
          }
        }
      }
      firstFree[kind] += none ? 1 : 0;
    }
    return Board.NONE;
  }

  /**
   * Visits the held miners that {@code demand} could have. The first of a kind in a search looks at
   * all, the others only at those that it left alone.
   */
  private void visitHeld(int demand, int giving) {
    LeftAlone left = leftAlone[instance.kindOf[demand]];
    if (left.isOf(search)) {
      visitLeftAlone(left, demand, giving);
      return;
    }
    left.begin(search);
    Ranking ranking = instance.ranking[demand];
    long[] fresh = unvisited[rankingOf(demand)];
    long[] ranks = ranking.ranks(instance.tiers[demand]);
    for (int word = 0; word < ranks.length; word++) {
      for (long bits = ranks[word] & fresh[word]; bits != 0; bits &= bits - 1) {
        int miner = ranking.at[(word << 6) + Long.numberOfTrailingZeros(bits)];
        if (board.slotOf[miner] != Board.NONE && instance.meets(demand, miner)) {
          int operator = instance.fleet.operator[miner];
          if (tally.hasRoom(operator) && board.holderOf(miner) != demand) {
            visit(miner, demand, giving);
          } else {
            left.add(operator, miner);
          }
        }
      }
    }
    left.end();
  }

  private void visitLeftAlone(LeftAlone left, int demand, int giving) {
    for (int chain = 0; chain < left.chains(); chain++) {
      if (tally.hasRoom(left.operator(chain))) {
        int next;
        for (int at = left.take(chain); at != Board.NONE; at = next) {
          next = left.next(at);
          int miner = left.miner(at);
          if (board.holderOf(miner) == demand) {
            left.append(chain, at);
          } else if (isUnvisited(miner)) {
            visit(miner, demand, giving);
          }
        }
      }
    }
  }

  /** The holder of {@code given}, giving it up, may take another miner of the same operator. */
  private int expandOperator(int given) {
    int demand = board.holderOf(given);
    int operator = instance.fleet.operator[given];
    int[] miners = ofOperator.of(operator, search);
    int count = ofOperator.count(operator);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int miner = miners[i];
      if (!isUnvisited(miner)) {
        continue;
      }
      if (instance.suits(demand, miner)) {
        if (board.slotOf[miner] == Board.NONE) {
          remember(miner, demand, given);
          return miner;
        }
        if (board.holderOf(miner) != demand) {
          visit(miner, demand, given);
          continue;
        }
      }
      miners[kept++] = miner;
    }
    ofOperator.keep(operator, kept);
    return Board.NONE;
  }

  private void visit(int miner, int demand, int giving) {
    remember(miner, demand, giving);
    int holder = board.holderOf(miner);
    if (demandSeen[holder] != search) {
      meet(holder);
      pairSeen[board.slotOf[miner]] = search;
      queue[tail++] = miner;
    } else if (instance.cap[holder] > 0 && !isPairSeen(holder, instance.fleet.operator[miner])) {
      pairSeen[board.slotOf[miner]] = search;
      queue[tail++] = ~miner;
    }
  }

  private void meet(int demand) {
    if (demandSeen[demand] != search) {
      demandSeen[demand] = search;
      reached[reachedCount++] = demand;
    }
  }

  private void remember(int miner, int demand, int giving) {
    instance.takeOut(unvisited, miner);
    seeker[miner] = demand;
    givenUp[miner] = giving;
  }

  /** Whether a demand that was already asked was asked for this operator too. */
  private boolean isPairSeen(int demand, int operator) {
    int count = 0;
    for (int s = instance.firstSlot[demand]; s < instance.firstSlot[demand + 1]; s++) {
      int miner = board.minerOf[s];
      if (miner != Board.NONE && instance.fleet.operator[miner] == operator) {
        if (pairSeen[s] == search) {
          return true;
        }
        count++;
      }
    }
    return count < instance.room(demand, operator);
  }

  private boolean isUnvisited(int miner) {
    return instance.isIn(unvisited, miner);
  }

  /** Moves every slot of the path one on, which leaves its first miner to {@code openSlot}. */
  private void shift(int end, int openSlot) {
    long freed = board.freed();
    int miner = end;
    while (givenUp[miner] != Board.NONE) {
      int given = givenUp[miner];
      int slot = board.slotOf[given];
      board.drop(slot);
      board.put(slot, miner);
      miner = given;
    }
    board.put(openSlot, miner);
    board.takeBackFreed(freed); // all that were left were taken again
  }

  private int rankingOf(int demand) {
    return instance.rankingIndex[demand];
  }
}
