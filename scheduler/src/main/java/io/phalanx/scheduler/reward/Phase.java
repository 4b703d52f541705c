package io.phalanx.scheduler.reward;

/** What a miner that has been started is doing, as far as its value is concerned. */
public enum Phase {
  /** Waits for a contract: its value grows. */
  IDLE,
  /** Runs one: its value grows. */
  ACTIVE,
  /** Was not heard for longer than the window: nothing grows, nothing counts. */
  SILENT
}
