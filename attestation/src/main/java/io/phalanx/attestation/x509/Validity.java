package io.phalanx.attestation.x509;

import java.time.Instant;

/**
 * From when to when something counts, both included.
 *
 * @param from the first instant
 * @param to the last instant
 */
public record Validity(Instant from, Instant to) {
  /** Whether it is too early. */
  public boolean isAfter(Instant at) {
    return at.isBefore(from);
  }

  /** Whether it is too late. */
  public boolean isBefore(Instant at) {
    return at.isAfter(to);
  }
}
