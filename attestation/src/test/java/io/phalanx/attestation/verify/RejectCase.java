package io.phalanx.attestation.verify;

import io.phalanx.attestation.AttestationPolicy;
import io.phalanx.attestation.Binding;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.Terms;
import io.phalanx.attestation.authority.DcapForge;
import java.time.Instant;
import java.util.Optional;

/**
 * Evidence with one thing wrong.
 *
 * @param reason that must be named
 * @param what is wrong
 * @param evidence with it
 * @param terms under which it is
 */
record RejectCase(RejectReason reason, String what, Evidence evidence, Terms terms) {

  static RejectCase of(RejectReason reason, String what, DcapForge forge) {
    return of(reason, what, forge.issue());
  }

  static RejectCase of(RejectReason reason, String what, Evidence evidence) {
    return new RejectCase(reason, what, evidence, now(AttestationPolicy.DEFAULT));
  }

  static Terms now(AttestationPolicy policy) {
    return Terms.unbound(policy, DcapForge.NOW);
  }

  static Terms at(Instant at) {
    return Terms.unbound(AttestationPolicy.DEFAULT, at);
  }

  RejectCase at(String time) {
    return new RejectCase(reason, what, evidence, at(Instant.parse(time)));
  }

  RejectCase under(AttestationPolicy policy) {
    return new RejectCase(reason, what, evidence, now(policy));
  }

  RejectCase boundTo(Binding binding) {
    return new RejectCase(
        reason,
        what,
        evidence,
        new Terms(terms.policy(), terms.receivedAt(), terms.at(), Optional.of(binding)));
  }

  @Override
  public String toString() {
    return reason + ": " + what;
  }
}
