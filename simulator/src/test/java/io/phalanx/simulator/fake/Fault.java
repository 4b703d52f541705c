package io.phalanx.simulator.fake;

/** What the fake service does to one request. */
public enum Fault {
  NONE,
  /** Answered 503 with Retry-After, nothing done. */
  UNAVAILABLE,
  /** Done, and answered 504. */
  DONE_BUT_TIMED_OUT,
  /** Done, and the connection cut. */
  DONE_BUT_RESET
}
