package io.phalanx.scheduler.deployment;

/**
 * What the end of an assignment means for its slot.
 *
 * @param completed whether the slot is finished
 * @param waitingSinceMs from when its wait counts otherwise, Unix milliseconds
 * @param excludedUntilMs until when the miner is kept away, Unix milliseconds; 0 if it is not
 * @param failure whether the contract failed on the miner
 */
public record Vacancy(
    boolean completed, long waitingSinceMs, long excludedUntilMs, Failure failure) {

  /** How an end counts towards giving a deployment up. */
  public enum Failure {
    /** It does not. */
    NONE,
    /** It is the first of a row. */
    FIRST,
    /** It follows another without a break. */
    IN_A_ROW
  }
}
