package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.decide.Outcome;

/** What the caller of a command is told. */
public sealed interface Reply {

  /**
   * It was decided, and all that the decision could see is durable.
   *
   * @param outcome done or refused
   * @param position a committed journal position at least as new as the decision
   * @param epoch the leader's epoch
   */
  record Decided(Outcome outcome, long position, long epoch) implements Reply {}

  /**
   * It was not done; the caller may try again.
   *
   * @param reason why, in a sentence
   */
  record NotDone(String reason) implements Reply {}

  /**
   * It may have been done: the caller repeats it with the same key.
   *
   * @param reason why, in a sentence
   */
  record Unknown(String reason) implements Reply {}
}
