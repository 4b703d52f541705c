package io.phalanx.api.cli;

/** What the caller gave cannot be used; the message says what and why. */
final class BadUsageException extends Exception {
  private static final long serialVersionUID = 1L;

  BadUsageException(String sentence) {
    super(sentence);
  }
}
