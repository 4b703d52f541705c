package io.phalanx.scheduler.policy;

import java.time.Duration;

/**
 * What quotes may take up.
 *
 * @param openPerDeveloper how many a developer may have open at a time
 * @param minersPerDeveloper how many miners these may hold together
 * @param percent how many of the Idle miners may be held for quotes in all, in percent
 * @param longest how long one may stand
 * @param decision how long one waits for its round; void then
 */
public record QuoteRules(
    int openPerDeveloper,
    int minersPerDeveloper,
    int percent,
    Duration longest,
    Duration decision) {

  /** The figures of a new network. */
  public static final QuoteRules DEFAULT =
      new QuoteRules(5, 100, 10, Duration.ofMinutes(10), Duration.ofSeconds(5));
}
