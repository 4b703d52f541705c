package io.phalanx.placement.kernel;

/** Constructs a plan: value stage, gang exchange, then fit. It also bounds the value that any plan can have. */
public final class Kernel {
  private final Instance instance;
  private final Board board;
  private long valueBound;
  private int exchangeSteps;

  private Kernel(Instance instance) {
    this.instance = instance;
    this.board = new Board(instance);
  }

  /** Solves {@code instance}; never fails, whatever the deadline. */
  public static Kernel solve(Instance instance, int maxExchangeSteps, long seed, Deadline deadline) {
    Kernel kernel = new Kernel(instance);
    kernel.place(maxExchangeSteps, seed, deadline);
    return kernel;
  }

  public Board board() {
    return board;
  }

  /** What every slot would be worth if no deployment insisted on several at once; no plan exceeds it. */
  public long valueBound() {
    return valueBound;
  }

  public int exchangeSteps() {
    return exchangeSteps;
  }

  private void place(int maxExchangeSteps, long seed, Deadline deadline) {
    boolean rolledBack = new ValueStage(board, new Augmenter(board)).run(true);
    valueBound = rolledBack ? boundWithoutGangs() : board.value();
    if (board.value() < valueBound) {
      exchangeSteps =
          new GangExchange(board, valueBound, seed).run(maxExchangeSteps, deadline);
    }
  }

  private long boundWithoutGangs() {
    Board free = new Board(instance);
    new ValueStage(free, new Augmenter(free)).run(false);
    return free.value();
  }
}
