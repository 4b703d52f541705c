package io.phalanx.simulator.ledger;

import java.math.BigInteger;

/**
 * What readings of one assignment were answered with.
 *
 * @param charged pico-PHA: the sum of all answers
 * @param sent the highest cumulative gas ever sent, answered or not
 * @param gasPrice pico-PHA for one unit of gas
 */
public record GasCharged(String deploymentId, BigInteger charged, long sent, BigInteger gasPrice) {
  GasCharged sending(long gasUsed) {
    return new GasCharged(deploymentId, charged, Math.max(sent, gasUsed), gasPrice);
  }

  GasCharged charging(BigInteger fee) {
    return new GasCharged(deploymentId, charged.add(fee), sent, gasPrice);
  }
}
