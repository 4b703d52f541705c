package io.phalanx.loadtests.cluster;

/** Signals to processes that this one has started. */
final class Signals {
  private Signals() {}

  /** Sends one, such as {@code STOP}. */
  static void send(long pid, String signal) throws InterruptedException {
    Command.run("kill", "-" + signal, Long.toString(pid));
  }
}
