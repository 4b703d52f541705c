package io.phalanx.placement.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/**
 * Finds what insertion by value cannot: which gangs are in. An attempt ruins a copy of the plan
 * (takes gangs out, or forces one in and ejects the cheapest slots in its way) and re-creates it by
 * falling value. Whether the outcome is taken is not decided here.
 */
public final class GangExchange {
  /**
   * Few leave too little room to choose anew: with 3 a third more of the hard cases ended short.
   */
  private static final int MOST_DROPPED = 16;

  /** Attempts times size squared, which is how an attempt's cost grows: large rounds get few. */
  private static final long WORK = 600_000_000;

  private static final int FEWEST_ATTEMPTS = 10;

  /** Shaking is not worth its time for less than this part of the value. */
  private static final int WORTHWHILE = 100_000;

  private final Board board;
  private final Instance instance;
  private final Augmenter augmenter;
  private final SplittableRandom random;
  private final long bound;
  private final int[] order;
  private final int[] plan;
  private final int mostAttempts;
  private long value;
  private long valueBeforeSweep;
  private int sweep;
  private boolean swept;
  private int attempts;

  /**
   * @param board as the value stage left it; it is drawn on from here
   * @param bound a value that no plan exceeds
   * @param relaxed {@link ValueStage#NEVER} for the demands that do not fit even alone
   */
  GangExchange(Board board, long bound, int[] relaxed, int maxAttempts, long seed) {
    this.board = board;
    this.instance = board.instance;
    this.augmenter = new Augmenter(board);
    this.random = new SplittableRandom(seed);
    this.bound = bound;
    this.order =
        Arrays.stream(ValueStage.order(instance))
            .filter(d -> relaxed[d] != ValueStage.NEVER)
            .toArray();
    long size = (long) instance.slots + instance.fleet.size / 4 + 1;
    this.mostAttempts = (int) Math.min(maxAttempts, Math.max(FEWEST_ATTEMPTS, WORK / size / size));
    this.plan = board.minerOf.clone();
    this.value = board.value();
    this.valueBeforeSweep = value;
  }

  /** Attempts made so far. */
  public int attempts() {
    return attempts;
  }

  /** The miner that has {@code slot} after the last attempt, or −1. */
  public int minerOf(int slot) {
    return board.minerOf[slot];
  }

  /** Goes on from the plan in which each slot is on {@code minerOf} it, −1 for none. */
  public void follow(IntUnaryOperator minerOf) {
    Arrays.setAll(plan, minerOf);
    board.restore(plan);
    value = board.value();
  }

  /** Whether another attempt could be of use and is within the limits. */
  public boolean mayGoOn(Deadline deadline) {
    long missing = bound - value;
    boolean isWorthIt = swept ? missing > bound / WORTHWHILE : missing > 0;
    return isWorthIt && attempts < mostAttempts && !deadline.isHalfOver();
  }

  /** Exchanges something, starting from the plan that was followed last. */
  public void attempt() {
    board.restore(plan);
    attempts++;
    int gang = swept ? Board.NONE : nextLeftOut();
    if (gang == Board.NONE) {
      shake();
    } else {
      force(gang);
      refill(order);
    }
  }

  /**
   * The gangs that are out, in turn, as long as forcing them in has raised the value in the last
   * sweep; then none.
   */
  private int nextLeftOut() {
    while (true) {
      while (sweep < order.length) {
        int demand = order[sweep++];
        if (instance.required[demand] > 1 && board.placed[demand] == 0) {
          return demand;
        }
      }
      if (value == valueBeforeSweep) {
        swept = true;
        return Board.NONE;
      }
      valueBeforeSweep = value;
      sweep = 0;
    }
  }

  /** Takes some gangs out at random and forces something in. */
  private void shake() {
    int[] out = Arrays.stream(order).filter(d -> board.placed[d] == 0).toArray();
    int[] in =
        Arrays.stream(order).filter(d -> board.placed[d] > 0 && instance.required[d] > 1).toArray();
    if (out.length == 0) {
      return; // only demands that may have more than they have, and have their least
    }
    int drops = in.length == 0 ? 0 : random.nextInt(MOST_DROPPED + 1);
    for (int i = 0; i < drops; i++) {
      board.dropAll(in[random.nextInt(in.length)]);
    }
    force(out[random.nextInt(out.length)]);
    refill(shaken());
  }

  /** Places {@code demand} at any price; leaves it out when even that fails. */
  private void force(int demand) {
    while (board.placed[demand] < instance.required[demand]) {
      if (augmenter.place(demand)) {
        continue;
      }
      int victim = cheapestReached(demand);
      if (victim == Board.NONE) {
        board.dropAll(demand);
        return;
      }
      if (isSpare(victim)) {
        augmenter.eject(seenSlot(victim), demand);
      } else {
        board.dropAll(victim);
      }
    }
  }

  /** The demand that costs least to take a slot from, of those that the last search has met. */
  private int cheapestReached(int demand) {
    int missing = instance.required[demand] - board.placed[demand];
    int best = Board.NONE;
    long bestCost = Long.MAX_VALUE;
    for (int i = 0; i < augmenter.reachedCount(); i++) {
      int other = augmenter.reached()[i];
      if (other != demand && seenSlot(other) != Board.NONE) {
        long cost = instance.value[other];
        if (!isSpare(other)) {
          cost = cost * board.placed[other] / Math.min(missing, board.placed[other]);
        }
        if (cost < bestCost) {
          bestCost = cost;
          best = other;
        }
      }
    }
    return best;
  }

  /** Whether {@code demand} may lose one slot and keep the others. */
  private boolean isSpare(int demand) {
    return board.placed[demand] > instance.required[demand] || instance.required[demand] == 1;
  }

  private int seenSlot(int demand) {
    for (int s = instance.firstSlot[demand]; s < instance.firstSlot[demand + 1]; s++) {
      if (board.minerOf[s] != Board.NONE && augmenter.hasSeen(board.minerOf[s])) {
        return s;
      }
    }
    return Board.NONE;
  }

  private void refill(int[] demands) {
    augmenter.begin();
    for (int demand : demands) {
      if (board.placed[demand] < instance.lacking[demand]) {
        fill(demand);
      }
    }
  }

  /** Searches go on from what failed ones have seen until the board changes. */
  private void fill(int demand) {
    int before = board.placed[demand];
    int[] snapshot = null;
    if (before < instance.required[demand] && instance.required[demand] > 1) {
      if (!augmenter.couldHold(demand, instance.required[demand])) {
        return;
      }
      snapshot = board.minerOf.clone();
    }
    while (board.placed[demand] < instance.lacking[demand]
        && (augmenter.placeOnFree(demand) || augmenter.search(demand))) {
      augmenter.begin();
    }
    if (snapshot != null && board.placed[demand] < instance.required[demand]) {
      if (board.placed[demand] > before) {
        board.restore(snapshot);
        augmenter.begin();
      }
    }
  }

  /** The order with every value multiplied by something between 0.7 and 1.3. */
  private int[] shaken() {
    long[] key = new long[instance.demands];
    Arrays.setAll(key, d -> instance.value[d] * (700 + random.nextInt(601)));
    return Arrays.stream(order)
        .boxed()
        .sorted((a, b) -> Long.compare(key[b], key[a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
