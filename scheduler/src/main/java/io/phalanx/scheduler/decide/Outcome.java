package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.view.Answer;

/** What a command came to. */
public sealed interface Outcome {

  /**
   * It was done.
   *
   * @param answer what to say
   * @param replayed whether it was done before, under the same key
   */
  record Done(Answer answer, boolean replayed) implements Outcome {}

  /**
   * It was refused.
   *
   * @param rejection why
   */
  record Refused(Rejection rejection) implements Outcome {}
}
