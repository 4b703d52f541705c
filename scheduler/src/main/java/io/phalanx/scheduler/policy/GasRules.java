package io.phalanx.scheduler.policy;

import java.time.Duration;

/**
 * How gas is capped, split and settled.
 *
 * @param treasuryPercent the treasury's part of each charge: 20 (P)
 * @param burst work credited beyond what the time since the start allows
 * @param settlementPeriod length of a settlement's period
 * @param retentionDivisor after an end, budget / this stays held for final readings
 * @param finalReadingWait at most for so long
 */
public record GasRules(
    int treasuryPercent,
    Duration burst,
    Duration settlementPeriod,
    int retentionDivisor,
    Duration finalReadingWait) {

  /** The figures of a new network. */
  public static final GasRules DEFAULT =
      new GasRules(20, Duration.ofSeconds(60), Duration.ofMinutes(10), 20, Duration.ofMinutes(5));
}
