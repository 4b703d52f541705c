package io.phalanx.scheduler.simulation;

/** What a run may do wrong on purpose, to prove that runs can fail. */
enum Sabotage {
  /** Nothing: as it should be. */
  NONE,
  /** Clients hear of a batch that is lost. */
  ANSWERS_BEFORE_THE_APPEND,
  /** A key that has left the state is not looked for in the history. */
  FORGETS_KEYS,
  /** A row is answered and never stored. */
  LOSES_A_ROW,
  /** A row is stored twice. */
  DOUBLES_A_ROW,
  /** A leader goes on writing after another has taken over. */
  WRITES_AFTER_IT_WAS_REPLACED,
  /** A leader writes without taking over first. */
  SKIPS_THE_TAKE_OVER,
  /** A leader takes over in an epoch that was used before. */
  REUSES_AN_EPOCH,
  /** A recovery from a snapshot leaves out the first row after it. */
  SKIPS_A_ROW_AFTER_THE_SNAPSHOT,
  /** Stamps are the wall clock's, forwards or backwards. */
  STAMPS_WITH_THE_WALL_CLOCK,
  /** An event is lost between the writer and the journal. */
  DROPS_AN_EVENT,
  /** A charge reaches the journal twice. */
  CHARGES_TWICE,
  /** What a miner's stop ends is journaled after the cool-down, not before it. */
  SWAPS_EVENTS,
  /** A replica takes events from the leader before they are durable. */
  READS_WHAT_IS_NOT_DURABLE
}
