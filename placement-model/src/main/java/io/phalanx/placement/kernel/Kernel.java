package io.phalanx.placement.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Constructs a plan: first the value, then the fit; in between gangs may be exchanged. It also
 * bounds the value that any plan can have.
 */
public final class Kernel {
  private static final int SHORTLIST = 24;

  /** Steps of the auction, in points of fit, of some 10,000 that a miner can have. */
  private static final int FINE_STEP = 16;

  private static final int COARSE_STEP = 32;

  /** Slots for which a fine step is worth its time; fewer when some have to lose. */
  private static final int FINE_SLOTS = 8_000;

  private static final int FINE_CONTENDED_SLOTS = 500;

  private final Instance instance;
  private final Board board;
  private final Auction auction;
  private long valueBound;
  private boolean leftOut;
  private @Nullable GangExchange exchange;

  private Kernel(Instance instance) {
    this.instance = instance;
    this.board = new Board(instance);
    this.auction = new Auction(board);
  }

  /** Places the best value that insertion finds. Never fails. */
  public static Kernel construct(Instance instance) {
    Kernel kernel = new Kernel(instance);
    kernel.leftOut =
        new ValueStage(kernel.board, new Augmenter(kernel.board)).run(instance.required);
    kernel.valueBound = kernel.board.value();
    return kernel;
  }

  public Board board() {
    return board;
  }

  /**
   * What could be placed if no deployment insisted on several slots at once; no plan exceeds it.
   * Gangs that would not fit on the empty fleet do not count.
   */
  public long valueBound() {
    return valueBound;
  }

  /**
   * The miners that suit {@code demand} best at the kernel's prices; the same for all of its kind.
   */
  public int[] shortlist(int demand) {
    return auction.pools().best(demand, SHORTLIST);
  }

  /** A bound of the fit for what a plan places. */
  public FitBound fitBound() {
    return new FitBound(instance, auction.price());
  }

  /** Attempts that were made to exchange gangs. */
  public int exchangeSteps() {
    return exchange == null ? 0 : exchange.attempts();
  }

  /**
   * What exchanges gangs, or null when none was left out, so that the value is the best already.
   *
   * @param maxAttempts most attempts, less in large rounds
   */
  public @Nullable GangExchange exchange(int maxAttempts, long seed) {
    if (leftOut && exchange == null) {
      int[] relaxed = withoutGangs();
      valueBound = valueOf(relaxed);
      exchange = new GangExchange(board, valueBound, relaxed, maxAttempts, seed);
    }
    return exchange;
  }

  /** Raises the fit of what is placed; the board keeps which slots are. */
  public void raiseFit(Deadline deadline) {
    auction.run(step(), deadline);
  }

  /** A step of a half takes twice the bids, and more where many want the same. */
  private int step() {
    int placed = Arrays.stream(board.placed).sum();
    int most = placed < instance.slots() ? FINE_CONTENDED_SLOTS : FINE_SLOTS;
    return placed <= most ? FINE_STEP : COARSE_STEP;
  }

  /** One slot at a time for everyone, and never for a gang that would not fit alone. */
  private int[] withoutGangs() {
    Augmenter open = new Augmenter(board);
    int[] required = new int[instance.demands];
    for (int d = 0; d < required.length; d++) {
      boolean fits =
          instance.required[d] == 1
              || board.placed[d] > 0
              || open.couldHold(d, instance.required[d]);
      required[d] = fits ? 1 : ValueStage.NEVER;
    }
    return required;
  }

  private long valueOf(int[] required) {
    Board free = new Board(instance);
    new ValueStage(free, new Augmenter(free)).run(required);
    return free.value();
  }
}
