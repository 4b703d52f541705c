package io.phalanx.scheduler.statement;

import io.phalanx.scheduler.settlement.CorrectedCharge;

/**
 * A charge that was taken back, and when.
 *
 * @param time when it was taken back, as on the wire
 * @param charge what had been charged
 */
public record Correction(String time, CorrectedCharge charge) {

  /** Whether it belongs on that statement. */
  boolean concerns(Subject subject, String name) {
    return switch (subject) {
      case DEVELOPER -> charge.developer().equals(name);
      case OPERATOR -> charge.operator().equals(name);
      case MINER -> charge.minerId().text().equals(name);
    };
  }

  /** The line it goes to. */
  String line(Subject subject) {
    return switch (subject) {
      case DEVELOPER, MINER -> charge.deploymentId().text();
      case OPERATOR -> charge.minerId().text();
    };
  }
}
