package io.phalanx.placement.kernel;

/**
 * Constructs a plan: value stage, gang exchange, then fit. It also bounds the value that any plan
 * can have.
 */
public final class Kernel {
  private static final int SMALL = 256;
  private static final int SHORTLIST = 24;
  private static final int FINE_STEP = 8;

  /** In points of fit, of some 10,000 that a miner can have. */
  private static final int STEP = 64;

  private final Instance instance;
  private final Board board;
  private long valueBound;
  private int exchangeSteps;
  private final long[] price;

  private Kernel(Instance instance) {
    this.instance = instance;
    this.board = new Board(instance);
    this.price = new long[instance.miners()];
  }

  /** Solves {@code instance}; never fails, whatever the deadline. */
  public static Kernel solve(
      Instance instance, int maxExchangeSteps, long seed, Deadline deadline) {
    Kernel kernel = new Kernel(instance);
    kernel.place(maxExchangeSteps, seed, deadline);
    return kernel;
  }

  public Board board() {
    return board;
  }

  /**
   * What every slot would be worth if no deployment insisted on several at once; no plan exceeds
   * it.
   */
  public long valueBound() {
    return valueBound;
  }

  /** The miners that suit {@code demand} best at the kernel's prices. */
  public int[] shortlist(int demand) {
    return Shortlist.of(instance, demand, price, SHORTLIST).miners;
  }

  /** A bound of the fit for what a plan places. */
  public FitBound fitBound() {
    return new FitBound(instance, price);
  }

  public int exchangeSteps() {
    return exchangeSteps;
  }

  private void place(int maxExchangeSteps, long seed, Deadline deadline) {
    boolean rolledBack = new ValueStage(board, new Augmenter(board)).run(true);
    valueBound = rolledBack ? boundWithoutGangs() : board.value();
    if (board.value() < valueBound) {
      exchangeSteps = new GangExchange(board, valueBound, seed).run(maxExchangeSteps, deadline);
    }
    Auction auction = new Auction(board);
    auction.run(step(), deadline);
    System.arraycopy(auction.price(), 0, price, 0, price.length);
  }

  /** Small rounds can afford a small step. */
  private int step() {
    return instance.slots() <= SMALL ? FINE_STEP : STEP;
  }

  private long boundWithoutGangs() {
    Board free = new Board(instance);
    new ValueStage(free, new Augmenter(free)).run(false);
    return free.value();
  }
}
