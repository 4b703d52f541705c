package io.phalanx.attestation.ias;

import static io.phalanx.attestation.RejectReason.CERTIFICATE_IS_EXPIRED;
import static io.phalanx.attestation.RejectReason.CERTIFICATE_IS_NOT_YET_VALID;
import static io.phalanx.attestation.RejectReason.REPORT_IS_FROM_THE_FUTURE;
import static io.phalanx.attestation.RejectReason.REPORT_IS_MALFORMED;
import static io.phalanx.attestation.RejectReason.REPORT_IS_STALE;
import static io.phalanx.attestation.RejectReason.REPORT_SIGNATURE_IS_INVALID;
import static io.phalanx.attestation.RejectReason.REPORT_SIGNER_IS_INVALID;
import static io.phalanx.attestation.RejectReason.STATUS_IS_NOT_ACCEPTED;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Claims;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.ProgramRules;
import io.phalanx.attestation.QuoteStatus;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.TeeKind;
import io.phalanx.attestation.Terms;
import io.phalanx.attestation.Verdict;
import io.phalanx.attestation.dcap.SgxReport;
import io.phalanx.attestation.x509.Certificate;
import io.phalanx.attestation.x509.PublicKey;
import io.phalanx.attestation.x509.RsaKey;
import io.phalanx.attestation.x509.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Judges a report of Intel's attestation service.
 *
 * @param evidence as it came
 * @param report the same, read
 * @param terms what is asked for
 */
public record IasJudge(Evidence.Ias evidence, IasReport report, Terms terms) {
  private static final String SIGNER = "Intel SGX Attestation Report Signing";
  private static final int MAX_BASE64 = 16_384;

  /** What the report says of the program. */
  public Claims claims() {
    SgxReport enclave = report.enclave();
    return new Claims(
        TeeKind.SGX,
        enclave.isDebug(),
        enclave.mrEnclave(),
        enclave.reportData(),
        Optional.empty());
  }

  /**
   * The tier and everything that comes with it.
   *
   * @param authority issues the signers of reports
   */
  public Verdict.Accepted accept(RsaKey authority) throws RejectedException {
    Certificate signer = signer(authority);
    Bytes signature = base64(evidence.signature());
    if (!(signer.key() instanceof PublicKey.Rsa rsa)
        || !rsa.key().verifies(evidence.report(), signature)) {
      throw new RejectedException(
          REPORT_SIGNATURE_IS_INVALID, "The signature does not fit the report to the byte.");
    }
    requireInTime(signer.validity());
    requireFresh();
    Instant endOfAge = ProgramRules.endOfAge(report.madeAt(), terms);
    QuoteStatus status =
        QuoteStatus.ofIas(report.status())
            .orElseThrow(
                () ->
                    new RejectedException(
                        STATUS_IS_NOT_ACCEPTED, "The quote's status is not in the tier table."));
    ProgramRules.require(claims(), terms);
    Instant endOfSigner = signer.validity().to();
    return new Verdict.Accepted(
        terms.policy().tiers().tier(status, Optional.of(report.advisories())),
        status,
        report.status(),
        report.advisories(),
        endOfAge.isBefore(endOfSigner) ? endOfAge : endOfSigner,
        claims(),
        report.platform(),
        evidence.hash(),
        terms.policy().version());
  }

  private Certificate signer(RsaKey authority) throws RejectedException {
    Certificate signer = Certificate.parse(base64(evidence.signingCertificate()));
    boolean isTrusted =
        signer.commonName().equals(SIGNER)
            && signer.signer()
            && signer.signature().isBy(new PublicKey.Rsa(authority), signer.signed());
    if (!isTrusted) {
      throw new RejectedException(
          REPORT_SIGNER_IS_INVALID,
          "The certificate was not issued by Intel's authority for reports.");
    }
    return signer;
  }

  private void requireInTime(Validity validity) throws RejectedException {
    if (validity.isAfter(terms.at())) {
      throw new RejectedException(
          CERTIFICATE_IS_NOT_YET_VALID, "A certificate counts from " + validity.from() + " only.");
    }
    if (validity.isBefore(terms.at())) {
      throw new RejectedException(
          CERTIFICATE_IS_EXPIRED, "A certificate ended at " + validity.to() + ".");
    }
  }

  /** Counted from when it came, as a report is not made again for being judged again. */
  private void requireFresh() throws RejectedException {
    Duration age = Duration.between(report.madeAt(), terms.receivedAt());
    if (age.isNegative()) {
      throw new RejectedException(
          REPORT_IS_FROM_THE_FUTURE, "The report is of " + report.madeAt() + ".");
    }
    if (age.compareTo(terms.policy().iasFreshness()) >= 0) {
      throw new RejectedException(
          REPORT_IS_STALE,
          "The report of "
              + report.madeAt()
              + " is not younger than "
              + terms.policy().iasFreshness()
              + ".");
    }
  }

  private static Bytes base64(String text) throws RejectedException {
    try {
      if (text.length() > MAX_BASE64) {
        throw new IllegalArgumentException("too long");
      }
      return Bytes.copyOf(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      throw new RejectedException(
          REPORT_IS_MALFORMED, "The signature or its certificate is not base64.");
    }
  }
}
