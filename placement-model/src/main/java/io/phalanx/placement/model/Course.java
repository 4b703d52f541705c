package io.phalanx.placement.model;

import io.phalanx.placement.SolveLimits;
import io.phalanx.placement.kernel.Deadline;
import io.phalanx.placement.kernel.GangExchange;
import io.phalanx.placement.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/**
 * How one solve runs: its limits going in, what its phases report coming out. Shared by all clones
 * of its round.
 */
public final class Course {
  private static final int LOOKS_SHARE = 4;

  final SolveLimits limits;
  final Deadline deadline;
  private @Nullable Kernel kernel;
  private @Nullable GangExchange exchange;
  private boolean exchangeEnded;
  private long constructedNanos;
  private int searchSteps;
  private int cursor;
  private boolean searchEnded;

  public Course(SolveLimits limits, Deadline deadline) {
    this.limits = limits;
    this.deadline = deadline;
  }

  /** What the construction found. Only after it ran. */
  public Kernel kernel() {
    if (kernel == null) {
      throw new IllegalStateException("the construction has not run");
    }
    return kernel;
  }

  /** When the construction ended, gang exchange included, since the deadline's start. */
  public long constructedNanos() {
    return constructedNanos;
  }

  public Deadline deadline() {
    return deadline;
  }

  public int searchSteps() {
    return searchSteps;
  }

  void constructed(Kernel result) {
    kernel = result;
    exchange = result.exchange(limits.exchangeSteps(), limits.seed());
  }

  /** What exchanges gangs, or null when the construction left none out. */
  @Nullable GangExchange exchange() {
    return exchange;
  }

  void endExchange() {
    exchangeEnded = true;
  }

  boolean hasExchangeEnded() {
    return exchange == null || exchangeEnded;
  }

  void endConstruction() {
    constructedNanos = deadline.elapsedNanos();
  }

  /** The slots in turn, over all steps. */
  int nextSlot(int slots) {
    int slot = cursor;
    cursor = (cursor + 1) % slots;
    return slot;
  }

  void countSearchStep() {
    searchSteps++;
  }

  void endSearch() {
    searchEnded = true;
  }

  boolean hasSearchEnded() {
    return searchEnded;
  }

  /**
   * After how many slots in a row for which no move was found the search is over. In a large round
   * almost every slot stands where the auction has put it, and looking costs more than it brings.
   */
  int mostLooksInVain() {
    return 1 + limits.searchSteps() / LOOKS_SHARE;
  }

  boolean maySearchOn() {
    return searchSteps < limits.searchSteps() && !deadline.hasPassed();
  }
}
