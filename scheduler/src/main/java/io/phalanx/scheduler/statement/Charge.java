package io.phalanx.scheduler.statement;

import io.phalanx.scheduler.proof.Receipt;

/**
 * A receipt and who it concerns beside those it names.
 *
 * @param developer who paid
 * @param operator whose miner it was
 * @param receipt what was charged
 */
public record Charge(String developer, String operator, Receipt receipt) {

  /** Whether it belongs on that statement. */
  boolean concerns(Subject subject, String name) {
    return switch (subject) {
      case DEVELOPER -> developer.equals(name);
      case OPERATOR -> operator.equals(name);
      case MINER -> receipt.minerId().text().equals(name);
    };
  }

  /** The line it goes to. */
  String line(Subject subject) {
    return switch (subject) {
      case DEVELOPER, MINER -> receipt.deploymentId().text();
      case OPERATOR -> receipt.minerId().text();
    };
  }
}
