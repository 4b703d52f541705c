package io.phalanx.scheduler.deployment;

/**
 * A running assignment is being replaced: its miner goes on until another has taken over.
 *
 * @param reason what it will end with
 * @param sinceMs since when, Unix milliseconds
 * @param byMs when it ends even if nobody has taken over, Unix milliseconds
 */
public record Leaving(AssignmentEndReason reason, long sinceMs, long byMs) {

  Leaving laterBy(long ms) {
    return new Leaving(reason, sinceMs, byMs + ms);
  }
}
