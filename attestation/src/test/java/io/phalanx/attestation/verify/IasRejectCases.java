package io.phalanx.attestation.verify;

import static io.phalanx.attestation.authority.IasForge.report;

import io.phalanx.attestation.AttestationPolicy;
import io.phalanx.attestation.Binding;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.Terms;
import io.phalanx.attestation.authority.CertificateOrder;
import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.IasForge;
import io.phalanx.attestation.authority.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** IAS reports with one thing wrong, for every reason there is. */
final class IasRejectCases {
  private final List<RejectCase> cases = new ArrayList<>();

  private IasRejectCases() {}

  static List<RejectCase> all() {
    IasRejectCases made = new IasRejectCases();
    made.shapes();
    made.signers();
    made.times();
    made.statuses();
    made.policy();
    return made.cases;
  }

  private RejectCase add(RejectReason reason, String what, IasForge forge) {
    RejectCase made = RejectCase.of(reason, "IAS, " + what, forge.issue());
    cases.add(made);
    return made;
  }

  private void replace(RejectReason reason, String what, Evidence.Ias evidence) {
    cases.add(RejectCase.of(reason, "IAS, " + what, evidence));
  }

  private void shapes() {
    for (String name : List.of("timestamp", "isvEnclaveQuoteStatus", "isvEnclaveQuoteBody")) {
      add(RejectReason.REPORT_IS_MALFORMED, "no " + name, report().json(r -> r.remove(name)));
    }
    add(
        RejectReason.REPORT_IS_MALFORMED,
        "a quote that is not base64",
        report().json(r -> r.put("isvEnclaveQuoteBody", "*")));
    add(
        RejectReason.REPORT_IS_MALFORMED,
        "a quote of 431 bytes",
        report()
            .json(
                r ->
                    r.put(
                        "isvEnclaveQuoteBody", Base64.getEncoder().encodeToString(new byte[431]))));
    add(
        RejectReason.REPORT_IS_MALFORMED,
        "a time that is none",
        report().json(r -> r.put("timestamp", "2026-02-30T00:00:00")));
    add(
        RejectReason.REPORT_IS_MALFORMED,
        "too long",
        report().json(r -> r.put("filler", "x".repeat(16_384))));
    add(
        RejectReason.PLATFORM_IS_NOT_NAMED,
        "unlinkable",
        report().json(r -> r.remove("epidPseudonym")));
    Evidence.Ias good = report().issue();
    replace(
        RejectReason.REPORT_IS_MALFORMED,
        "a signature that is not base64",
        new Evidence.Ias(good.report(), "*", good.signingCertificate()));
    replace(
        RejectReason.REPORT_IS_MALFORMED,
        "a certificate of 20 KB",
        new Evidence.Ias(good.report(), good.signature(), "A".repeat(20_000)));
    replace(
        RejectReason.CERTIFICATE_IS_MALFORMED,
        "a certificate that is none",
        new Evidence.Ias(good.report(), good.signature(), "AAAA"));
    replace(
        RejectReason.REPORT_SIGNATURE_IS_INVALID,
        "changed by a space",
        new Evidence.Ias(
            good.report().concat(Bytes.utf8(" ")), good.signature(), good.signingCertificate()));
    replace(
        RejectReason.REPORT_SIGNATURE_IS_INVALID,
        "a signature of three bytes",
        new Evidence.Ias(good.report(), "AAAA", good.signingCertificate()));
  }

  private void signers() {
    RejectReason reason = RejectReason.REPORT_SIGNER_IS_INVALID;
    Signer stranger = Signer.Rsa.named("stranger");
    add(reason, "another authority", report().certificate(order -> order.signedBy(stranger)));
    add(reason, "another role", report().certificate(order -> order.named("Somebody")));
    add(
        reason,
        "an authority",
        report().certificate(order -> order.inRole(true, CertificateOrder.FOR_SIGNERS)));
    add(
        RejectReason.REPORT_SIGNATURE_IS_INVALID,
        "another key",
        report().certificate(order -> order.of(stranger)));
    add(
        RejectReason.CERTIFICATE_IS_EXPIRED,
        "since a second",
        report()
            .certificate(order -> order.within(DcapForge.FIRST, IasForge.MADE.minusSeconds(1))));
    add(
        RejectReason.CERTIFICATE_IS_NOT_YET_VALID,
        "for a second",
        report().certificate(order -> order.within(IasForge.MADE.plusSeconds(1), DcapForge.LAST)));
  }

  private void times() {
    cases.add(
        RejectCase.of(RejectReason.REPORT_IS_STALE, "IAS, two hours", report().issue())
            .at("2026-01-15T14:00:00Z"));
    cases.add(
        RejectCase.of(RejectReason.REPORT_IS_FROM_THE_FUTURE, "IAS, a second", report().issue())
            .at("2026-01-15T11:59:59Z"));
    Instant end = IasForge.MADE.plus(Duration.ofDays(30));
    Terms later = new Terms(AttestationPolicy.DEFAULT, IasForge.MADE, end, Optional.empty());
    cases.add(
        new RejectCase(RejectReason.EVIDENCE_IS_TOO_OLD, "IAS, 30 days", report().issue(), later));
  }

  private void statuses() {
    for (String status :
        List.of(
            "GROUP_REVOKED",
            "KEY_REVOKED",
            "SIGNATURE_INVALID",
            "SIGRL_VERSION_MISMATCH",
            "UpToDate",
            "")) {
      add(
          RejectReason.STATUS_IS_NOT_ACCEPTED,
          "status " + status,
          report().json(r -> r.put("isvEnclaveQuoteStatus", status)));
    }
  }

  private void policy() {
    add(RejectReason.DEBUG_IS_ENABLED, "debug", report().quote(q -> q[96] = 0x07));
    cases.add(
        RejectCase.of(RejectReason.MEASUREMENT_IS_NOT_ALLOWED, "IAS", report().issue())
            .under(AttestationPolicy.DEFAULT.withMeasurements(Set.of("ab".repeat(32)))));
    cases.add(
        RejectCase.of(RejectReason.MINER_KEY_IS_NOT_BOUND, "IAS", report().issue())
            .boundTo(Binding.toKey(Bytes.utf8("key").sha256())));
  }
}
