package io.phalanx.scheduler.engine;

/** What a node that is dead meets wherever it turns. */
final class Crash extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Crash(String where) {
    super("the node died " + where);
  }
}
