package io.phalanx.scheduler.state;

/** What can fall due. The order is the order in which timers due at one instant fire. */
public enum TimerKind {
  /** The open period ends: before anything of the next is charged. */
  SETTLEMENT,
  /** An offer runs out. */
  ACKNOWLEDGEMENT,
  /** A silent Active miner is given up. */
  SILENCE_GRACE,
  /** What leaves a miner ends there, whether or not another has taken over. */
  DRAIN,
  /** A cordon ends. */
  CORDON,
  /** A cool-down ends. */
  COOL_DOWN,
  /** A deployment has waited long enough. */
  QUEUE_TIMEOUT,
  /** A deployment has run long enough. */
  LIFETIME,
  /** Final readings are no longer awaited. */
  RETENTION,
  /** Miners have been held long enough for a deployment that needs several. */
  GATHERING,
  /** A miner's evidence expires. */
  EVIDENCE
}
