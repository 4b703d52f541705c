package io.phalanx.attestation.dcap;

import static io.phalanx.attestation.RejectReason.CRL_IS_EXPIRED;
import static io.phalanx.attestation.RejectReason.CRL_IS_NOT_YET_VALID;
import static io.phalanx.attestation.RejectReason.QE_IDENTITY_IS_EXPIRED;
import static io.phalanx.attestation.RejectReason.QE_IDENTITY_IS_NOT_YET_VALID;
import static io.phalanx.attestation.RejectReason.TCB_INFO_IS_EXPIRED;
import static io.phalanx.attestation.RejectReason.TCB_INFO_IS_NOT_YET_VALID;

import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.x509.Chain;
import io.phalanx.attestation.x509.Crl;
import io.phalanx.attestation.x509.Validity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether everything that a quote rests on counts at one time, and until when it will. */
final class Deadlines {
  private final Instant at;
  private Instant earliest = Instant.MAX;

  Deadlines(Instant at) {
    this.at = at;
  }

  /** Until when all that was asked about counts. */
  Instant earliest() {
    return earliest;
  }

  void chain(Chain chain) throws RejectedException {
    chain.requireValidAt(at);
    note(chain.validTo());
  }

  void collateral(Collateral collateral) throws RejectedException {
    tcbInfo(collateral.tcbInfo().validity());
    qeIdentity(collateral.qeIdentity().validity());
    for (Optional<Crl> crl : List.of(collateral.rootCrl(), collateral.pckCrl())) {
      if (crl.isPresent()) {
        crl(crl.get().validity());
      }
    }
    chain(collateral.tcbChain());
    chain(collateral.qeChain());
  }

  private void tcbInfo(Validity validity) throws RejectedException {
    require(validity, "TCB info", TCB_INFO_IS_NOT_YET_VALID, TCB_INFO_IS_EXPIRED);
  }

  private void qeIdentity(Validity validity) throws RejectedException {
    require(validity, "QE identity", QE_IDENTITY_IS_NOT_YET_VALID, QE_IDENTITY_IS_EXPIRED);
  }

  private void crl(Validity validity) throws RejectedException {
    require(validity, "revocation list", CRL_IS_NOT_YET_VALID, CRL_IS_EXPIRED);
  }

  private void require(Validity validity, String what, RejectReason early, RejectReason late)
      throws RejectedException {
    if (validity.isAfter(at)) {
      throw new RejectedException(early, "The " + what + " is of " + validity.from() + ".");
    }
    if (validity.isBefore(at)) {
      throw new RejectedException(
          late, "The " + what + " was to be renewed by " + validity.to() + ".");
    }
    note(validity.to());
  }

  private void note(Instant end) {
    earliest = end.isBefore(earliest) ? end : earliest;
  }
}
