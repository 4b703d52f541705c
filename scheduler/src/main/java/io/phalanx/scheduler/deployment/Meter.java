package io.phalanx.scheduler.deployment;

import io.phalanx.scheduler.unit.Amount;

/**
 * What an assignment has used and what of it was charged.
 *
 * @param lastSequence the newest reading's sequence; −1 before the first
 * @param gasUsed cumulative gas of the newest reading
 * @param charged gas charged in all
 * @param uncollected gas used that the budget did not cover
 * @param fee the miner's part of all charges
 * @param treasury the treasury's part of all charges
 * @param lastCharge what the newest reading was charged, both parts
 * @param chargedAt journal position of that charge; 0 if the newest reading was charged nothing
 * @param finalSeen whether the newest reading said it is the last
 */
public record Meter(
    long lastSequence,
    long gasUsed,
    long charged,
    long uncollected,
    Amount fee,
    Amount treasury,
    Amount lastCharge,
    long chargedAt,
    boolean finalSeen) {

  /** Before the first reading. */
  public static final Meter UNREAD =
      new Meter(-1, 0, 0, 0, Amount.ZERO, Amount.ZERO, Amount.ZERO, 0, false);

  /** Both parts of all charges. */
  public Amount total() {
    return fee.plus(treasury);
  }
}
