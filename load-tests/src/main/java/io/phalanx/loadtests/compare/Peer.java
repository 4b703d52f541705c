package io.phalanx.loadtests.compare;

import java.util.function.Supplier;

/** Something that places the slots of a problem. */
public interface Peer {
  /** A short name, unique. */
  String name();

  /** How it is configured, a sentence or two for the page. */
  String configuration();

  /** Whether it is run on problems of that size; {@code all}: whoever can is. */
  boolean takes(Size size, boolean all);

  /** Whether one run is as long as its time limit, so that warming up and medians are pointless. */
  default boolean isTimeLimited() {
    return false;
  }

  /** Whether it works on threads of its own, so that the process' time must be taken. */
  default boolean hasOwnThreads() {
    return false;
  }

  /**
   * Places what it can. All work is done when it returns; what it returns only reads the result.
   *
   * @return the miner of each slot, −1 for those left waiting
   */
  Supplier<int[]> place(Grid grid);
}
