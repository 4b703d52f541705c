package io.phalanx.attestation.verify;

import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.IasForge;
import io.phalanx.attestation.x509.TrustAnchors;

/** Verifiers that trust the authority of the tests. */
final class Attestors {
  static final TrustAnchors ANCHORS = new TrustAnchors(DcapForge.root(), IasForge.authority());

  private Attestors() {}

  /** One that has proven nothing yet. */
  static Attestor fresh() {
    return new Attestor(ANCHORS);
  }
}
