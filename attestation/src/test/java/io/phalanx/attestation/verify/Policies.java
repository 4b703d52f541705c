package io.phalanx.attestation.verify;

import io.phalanx.attestation.AttestationPolicy;
import io.phalanx.attestation.AttestationPolicy.Exceptions;
import java.time.Duration;

/** Policies that tests share. */
final class Policies {
  /** Whatever may be allowed is. */
  static final AttestationPolicy LENIENT =
      AttestationPolicy.DEFAULT.withExceptions(new Exceptions(true, true, true));

  private Policies() {}

  static AttestationPolicy aged(Duration maximumAge) {
    AttestationPolicy base = AttestationPolicy.DEFAULT;
    return new AttestationPolicy(
        base.version(),
        base.tiers(),
        base.measurements(),
        maximumAge,
        base.iasFreshness(),
        base.grace(),
        base.exceptions());
  }
}
