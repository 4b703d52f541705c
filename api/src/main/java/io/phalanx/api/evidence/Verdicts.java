package io.phalanx.api.evidence;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.CollateralVerdict;
import io.phalanx.attestation.Verdict;
import io.phalanx.scheduler.miner.Collateral;
import io.phalanx.scheduler.miner.CollateralRef;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.EvidenceFile;
import io.phalanx.scheduler.miner.Proven;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Verdicts, evidence and collateral in the words of the core, and evidence back again. */
final class Verdicts {

  /** What evidence that proves nothing is filed under, as a tier has to be one. */
  private static final int WORST = 5;

  private Verdicts() {}

  /**
   * Evidence that holds.
   *
   * @param type of the evidence
   * @param beside the collateral it was judged beside
   * @param receivedAt when it came
   * @param now when it was judged
   */
  static Evidence accepted(
      Verdict.Accepted accepted,
      String type,
      @Nullable Collateral beside,
      Instant receivedAt,
      Instant now,
      @Nullable Integer performanceCap) {
    Proven proven =
        new Proven(
            accepted.statusName(),
            accepted.claims().measurement().hex(),
            accepted.platform(),
            receivedAt.toEpochMilli(),
            beside == null ? null : beside.ref(),
            performanceCap);
    return new Evidence(
        accepted.tier(),
        type,
        accepted.policyVersion(),
        accepted.advisories(),
        now.toEpochMilli(),
        accepted.expiresAt().toEpochMilli(),
        accepted.evidenceHash().hex(),
        proven,
        null);
  }

  /** Evidence that was handed in and proves nothing. */
  static Evidence rejected(
      io.phalanx.attestation.Evidence given, String reason, long policyVersion, Instant now) {
    return new Evidence(
        WORST,
        given.type(),
        policyVersion,
        List.of(),
        now.toEpochMilli(),
        null,
        given.hash().hex(),
        null,
        reason);
  }

  /** Evidence that held before and proves nothing any more. */
  static Evidence lapsed(
      Evidence before,
      Proven proven,
      @Nullable Collateral beside,
      Verdict.Rejected rejected,
      long policyVersion,
      Instant now) {
    Proven judged =
        new Proven(
            proven.tcbStatus(),
            proven.measurement(),
            proven.platform(),
            proven.receivedAtMs(),
            beside == null ? proven.collateral() : beside.ref(),
            proven.performanceCap());
    return new Evidence(
        before.tier(),
        before.type(),
        policyVersion,
        before.advisories(),
        now.toEpochMilli(),
        before.expiresAtMs(),
        before.evidenceHash(),
        judged,
        rejected.reason().name());
  }

  /** Evidence as it is kept. */
  static EvidenceFile file(io.phalanx.attestation.Evidence given) {
    if (given instanceof io.phalanx.attestation.Evidence.Dcap dcap) {
      String quote = Base64.getEncoder().encodeToString(dcap.quote().toArray());
      return new EvidenceFile(EvidenceFile.DCAP, quote, null, null);
    }
    io.phalanx.attestation.Evidence.Ias ias = (io.phalanx.attestation.Evidence.Ias) given;
    return new EvidenceFile(
        EvidenceFile.IAS, utf8(ias.report()), ias.signature(), ias.signingCertificate());
  }

  /** What was kept, beside collateral; none where a quote has none. */
  static Optional<io.phalanx.attestation.Evidence> evidence(
      EvidenceFile file, @Nullable Collateral beside) {
    if (file.type().equals(EvidenceFile.IAS)) {
      return Optional.of(
          new io.phalanx.attestation.Evidence.Ias(
              Bytes.utf8(file.body()), or(file.signature()), or(file.signingCert())));
    }
    Bytes quote = Bytes.copyOf(Base64.getDecoder().decode(file.body()));
    return beside == null
        ? Optional.empty()
        : Optional.of(new io.phalanx.attestation.Evidence.Dcap(quote, Bytes.utf8(beside.text())));
  }

  private static String or(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Sound collateral under the name it is kept by. */
  static Collateral collateral(Bytes text, CollateralVerdict.Sound sound) {
    CollateralRef ref =
        new CollateralRef(
            upper(sound.fmspc()),
            sound.tee().name(),
            text.sha256().hex(),
            sound.issuedAt().toEpochMilli());
    return new Collateral(ref, sound.expiresAt().toEpochMilli(), utf8(text));
  }

  /** A processor family as Intel writes it. */
  static String upper(Bytes fmspc) {
    return fmspc.hex().toUpperCase(Locale.ROOT);
  }

  private static String utf8(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.UTF_8);
  }
}
