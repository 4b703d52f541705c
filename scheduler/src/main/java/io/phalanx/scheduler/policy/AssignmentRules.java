package io.phalanx.scheduler.policy;

import java.time.Duration;

/**
 * How offers, failures and retries are handled.
 *
 * @param acknowledgement how long a miner may take to acknowledge an offer
 * @param exclusion how long a miner is kept from a deployment it let down
 * @param headStart what a slot's wait starts with when it was lost through no fault of the
 *     developer
 * @param failuresToEnd failures in a row that end a deployment
 * @param failureOperators on miners of at least so many operators
 * @param failureReset running for so long between two failures breaks the row
 */
public record AssignmentRules(
    Duration acknowledgement,
    Duration exclusion,
    Duration headStart,
    int failuresToEnd,
    int failureOperators,
    Duration failureReset) {

  /** The figures of a new network. */
  public static final AssignmentRules DEFAULT =
      new AssignmentRules(
          Duration.ofSeconds(30),
          Duration.ofHours(24),
          Duration.ofSeconds(600),
          5,
          3,
          Duration.ofSeconds(60));
}
