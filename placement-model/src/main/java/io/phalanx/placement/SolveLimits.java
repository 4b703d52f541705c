package io.phalanx.placement;

import java.time.Duration;

/**
 * How long a solve may take. The step limits make it repeatable; the time limit only ends it early,
 * at a step that the plan records.
 *
 * @param seed breaks ties
 * @param timeLimit improvement ends after it; a feasible plan is always returned
 * @param exchangeSteps most attempts to exchange gangs
 * @param searchSteps most steps of the local search, which also ends when a quarter as many slots
 *     in a row could not be improved
 */
public record SolveLimits(long seed, Duration timeLimit, int exchangeSteps, int searchSteps) {
  private static final int EXCHANGE_STEPS = 2_000;
  private static final int SEARCH_STEPS = 20_000;

  public SolveLimits {
    if (timeLimit.isNegative() || exchangeSteps < 0 || searchSteps < 0) {
      throw new IllegalArgumentException("a limit is negative");
    }
  }

  public static SolveLimits of(long seed, Duration timeLimit) {
    return new SolveLimits(seed, timeLimit, EXCHANGE_STEPS, SEARCH_STEPS);
  }
}
