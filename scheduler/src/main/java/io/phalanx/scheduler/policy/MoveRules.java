package io.phalanx.scheduler.policy;

import java.time.Duration;

/**
 * How running contracts leave miners that do not suit them any more.
 *
 * @param grace how long a contract goes on where it is while a replacement is looked for
 * @param atOnce at most so many moves begin within {@code every}; drains are not counted
 * @param every how long that is
 */
public record MoveRules(Duration grace, int atOnce, Duration every) {

  /** The figures of a new network: at most 300 moves begin in a minute. */
  public static final MoveRules DEFAULT =
      new MoveRules(Duration.ofHours(1), 50, Duration.ofSeconds(10));
}
