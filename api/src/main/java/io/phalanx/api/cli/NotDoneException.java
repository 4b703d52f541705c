package io.phalanx.api.cli;

/** It was understood, and could not be done; the message says why. */
final class NotDoneException extends Exception {
  private static final long serialVersionUID = 1L;

  NotDoneException(String sentence) {
    super(sentence);
  }
}
