package io.phalanx.api;

import io.phalanx.api.cli.PhalanxCommand;

/** Where the process begins. */
public final class Main {
  private Main() {}

  /** Runs one subcommand and ends with its exit code. */
  public static void main(String[] arguments) {
    System.exit(PhalanxCommand.commandLine().execute(arguments));
  }
}
