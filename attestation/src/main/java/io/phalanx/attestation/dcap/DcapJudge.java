package io.phalanx.attestation.dcap;

import static io.phalanx.attestation.RejectReason.CERTIFICATE_IS_REVOKED;
import static io.phalanx.attestation.RejectReason.COLLATERAL_IS_OF_ANOTHER_TEE;
import static io.phalanx.attestation.RejectReason.CRL_IS_MISSING;
import static io.phalanx.attestation.RejectReason.FMSPC_DIFFERS;
import static io.phalanx.attestation.RejectReason.PCE_ID_DIFFERS;
import static io.phalanx.attestation.RejectReason.RESERVED_BITS_ARE_SET;
import static io.phalanx.attestation.RejectReason.SEPT_VE_IS_NOT_DISABLED;
import static io.phalanx.attestation.RejectReason.SERVICE_TD_IS_BOUND;

import io.phalanx.attestation.AttestationPolicy;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Claims;
import io.phalanx.attestation.ProgramRules;
import io.phalanx.attestation.QuoteStatus;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.TeeKind;
import io.phalanx.attestation.Terms;
import io.phalanx.attestation.Verdict;
import io.phalanx.attestation.x509.Certificate;
import io.phalanx.attestation.x509.Chain;
import io.phalanx.attestation.x509.Crl;
import io.phalanx.attestation.x509.PckExtension;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Judges a quote whose signatures are proven, with collateral whose signatures are proven. No
 * cryptography happens here, so judging a stored quote again costs next to nothing.
 *
 * @param quote what speaks for the program
 * @param certification who vouches for the quote's key
 * @param collateral what Intel says
 * @param terms what is asked for
 */
public record DcapJudge(
    Quote quote, Certification certification, Collateral collateral, Terms terms) {

  /**
   * The tier and everything that comes with it, for what {@link #requireFit} let pass.
   *
   * @param evidenceHash goes into the verdict
   */
  public Verdict.Accepted accept(Bytes evidenceHash) throws RejectedException {
    Instant expiresAt = requireInTime();
    requireNotRevoked();
    Levels levels = Levels.of(quote.body(), certification, collateral);
    if (quote.body() instanceof Quote.Body.Tdx tdx) {
      requireSafe(tdx.report());
    }
    PckExtension platform = certification.platform();
    Claims claims = quote.body().claims().withFmspc(platform.fmspc());
    ProgramRules.require(claims, terms);
    AttestationPolicy policy = terms.policy();
    QuoteStatus status = levels.status();
    boolean named = collateral.tcbInfo().namesAdvisories();
    Optional<List<String>> advisories = named ? Optional.of(levels.advisories()) : Optional.empty();
    return new Verdict.Accepted(
        policy.tiers().tier(status, advisories),
        status,
        status.dcapName(),
        levels.advisories(),
        expiresAt,
        claims,
        "ppid:" + platform.ppid().hex(),
        evidenceHash,
        policy.version());
  }

  private Instant requireInTime() throws RejectedException {
    Deadlines deadlines = new Deadlines(terms.at());
    deadlines.collateral(collateral);
    deadlines.chain(certification.chain());
    Instant oldest = ProgramRules.endOfAge(terms.receivedAt(), terms);
    return oldest.isBefore(deadlines.earliest()) ? oldest : deadlines.earliest();
  }

  private void requireNotRevoked() throws RejectedException {
    boolean isComplete = collateral.rootCrl().isPresent() && collateral.pckCrl().isPresent();
    if (!isComplete && !terms.policy().exceptions().missingCrls()) {
      throw new RejectedException(CRL_IS_MISSING, "The collateral lacks a revocation list.");
    }
    for (Chain chain :
        List.of(certification.chain(), collateral.tcbChain(), collateral.qeChain())) {
      for (Certificate certificate : chain.certificates()) {
        if (isRevoked(certificate, collateral.rootCrl())
            || isRevoked(certificate, collateral.pckCrl())) {
          throw new RejectedException(
              CERTIFICATE_IS_REVOKED,
              certificate.commonName() + " " + certificate.serial().toString(16) + " was revoked.");
        }
      }
    }
  }

  private static boolean isRevoked(Certificate certificate, Optional<Crl> crl) {
    return crl.isPresent() && crl.get().revokes(certificate);
  }

  /** Refuses collateral that is not about such a quote on such a platform. */
  public void requireFit() throws RejectedException {
    TeeKind tee = quote.body().claims().tee();
    TcbInfo info = collateral.tcbInfo();
    if (info.tee() != tee || collateral.qeIdentity().tee() != tee) {
      throw new RejectedException(
          COLLATERAL_IS_OF_ANOTHER_TEE,
          "The quote is of " + tee + ", the collateral is not, or not all of it.");
    }
    PckExtension platform = certification.platform();
    if (!info.fmspc().equals(platform.fmspc())) {
      throw new RejectedException(
          FMSPC_DIFFERS,
          "The platform is of FMSPC "
              + platform.fmspc().hex()
              + ", the collateral of "
              + info.fmspc().hex()
              + ".");
    }
    if (!info.pceId().equals(platform.pceId())) {
      throw new RejectedException(PCE_ID_DIFFERS, "The collateral is of another PCE.");
    }
  }

  private void requireSafe(TdReport report) throws RejectedException {
    if (report.hasReservedBits()) {
      throw new RejectedException(
          RESERVED_BITS_ARE_SET, "TD attributes " + report.attributes() + " set reserved bits.");
    }
    if (!report.disablesSeptVe()) {
      throw new RejectedException(
          SEPT_VE_IS_NOT_DISABLED, "The virtual machine leaves SEPT_VE_DISABLE out.");
    }
    boolean hasServiceTd = report.serviceTd().isPresent() && !report.serviceTd().get().isZero();
    if (hasServiceTd && !terms.policy().exceptions().serviceTd()) {
      throw new RejectedException(SERVICE_TD_IS_BOUND, "A service TD is bound (MRSERVICETD).");
    }
  }
}
