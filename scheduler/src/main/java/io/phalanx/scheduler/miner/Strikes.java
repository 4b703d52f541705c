package io.phalanx.scheduler.miner;

/**
 * How often a miner let offers run out.
 *
 * @param inARow {@code AckTimeout}s since it last acknowledged or was last cordoned for them
 * @param cordons how often it was cordoned for them since it last acknowledged; each doubles the
 *     next
 */
public record Strikes(int inARow, int cordons) {

  /** A clean record. */
  public static final Strikes NONE = new Strikes(0, 0);
}
