package io.phalanx.api.cli;

/** What a process of this program can end with. */
final class ExitCode {
  /** It was done. */
  static final int DONE = 0;

  /** It was refused, or it failed. */
  static final int FAILED = 1;

  /** It was not understood: wrong arguments, configuration or files. */
  static final int USAGE = 2;

  private ExitCode() {}
}
