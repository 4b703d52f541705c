package io.phalanx.scheduler.engine;

/** Takes commands to whoever decides them, here or on another node. */
@FunctionalInterface
public interface Writes {

  /** Hands over a command; it is answered exactly once, on any thread. */
  void submit(Submission submission);
}
