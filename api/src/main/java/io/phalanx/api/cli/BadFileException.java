package io.phalanx.api.cli;

/** A file that a subcommand was given cannot be read as what it must be. */
final class BadFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadFileException(String message) {
    super(message);
  }
}
