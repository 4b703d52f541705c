package io.phalanx.simulator.http;

/**
 * How often and after what pause a request is repeated.
 *
 * @param tries in all, at least 1
 * @param firstPauseMs doubles from try to try
 * @param longestPauseMs also caps what the service asks for by {@code Retry-After}
 */
public record RetryPolicy(int tries, long firstPauseMs, long longestPauseMs) {
  /** Bridges an outage of about a minute. */
  public static final RetryPolicy PATIENT = new RetryPolicy(36, 50, 2_000);

  /** For reads of the console and for generators: what fails is counted, and left. */
  public static final RetryPolicy ONCE = new RetryPolicy(1, 50, 50);

  public RetryPolicy {
    if (tries < 1 || firstPauseMs < 1 || longestPauseMs < firstPauseMs) {
      throw new IllegalArgumentException("tries and pauses are positive");
    }
  }

  /**
   * The pause before the next try.
   *
   * @param failedTries how many tries failed so far
   * @param retryAfterMs what the service asked for, 0 for nothing
   */
  public long pauseMs(int failedTries, long retryAfterMs) {
    int doublings = Math.min(20, failedTries - 1);
    return Math.min(longestPauseMs, Math.max(firstPauseMs << doublings, retryAfterMs));
  }
}
