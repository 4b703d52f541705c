package io.phalanx.attestation.verify;

import static io.phalanx.attestation.RejectReason.CRL_IS_INVALID;
import static io.phalanx.attestation.RejectReason.QUOTE_SIGNATURE_IS_INVALID;

import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Claims;
import io.phalanx.attestation.CollateralVerdict;
import io.phalanx.attestation.Evidence;
import io.phalanx.attestation.RejectedException;
import io.phalanx.attestation.Terms;
import io.phalanx.attestation.Verdict;
import io.phalanx.attestation.dcap.Certification;
import io.phalanx.attestation.dcap.Collateral;
import io.phalanx.attestation.dcap.DcapJudge;
import io.phalanx.attestation.dcap.Quote;
import io.phalanx.attestation.ias.IasJudge;
import io.phalanx.attestation.ias.IasReport;
import io.phalanx.attestation.x509.Certificate;
import io.phalanx.attestation.x509.Crl;
import io.phalanx.attestation.x509.EcdsaKey;
import io.phalanx.attestation.x509.Signature;
import io.phalanx.attestation.x509.TrustAnchors;
import java.time.Instant;
import java.util.Optional;

/**
 * Verifies evidence: a pure function of the evidence and the terms, whatever was verified before.
 * It remembers chains and collateral that it has proven, which saves most of the time of the next
 * verification. Several threads may use it at once; it takes fractions of a millisecond of
 * processor time, so it belongs off an event loop.
 */
public final class Attestor {
  /** About 10 KB for each machine. */
  private static final int MACHINES = 1_024;

  /** About 100 KB for each processor family and issue. */
  private static final int COLLATERALS = 64;

  private record CertificationKey(
      Bytes certification, boolean isWrapped, Optional<String> separateChain) {}

  private record CrlKey(Bytes signed, Signature signature, Certificate authority) {}

  private final TrustAnchors anchors;
  private final Memo<CertificationKey, Certification> certifications = new Memo<>(MACHINES);
  private final Memo<Bytes, Collateral> collaterals = new Memo<>(COLLATERALS);
  private final Memo<CrlKey, Boolean> crls = new Memo<>(COLLATERALS);

  /** That trusts what leads to those keys. */
  public Attestor(TrustAnchors anchors) {
    this.anchors = anchors;
  }

  /** What that evidence proves on those terms. Whatever its bytes are, there is a verdict. */
  public Verdict verify(Evidence evidence, Terms terms) {
    if (evidence instanceof Evidence.Dcap dcap) {
      return verify(dcap, terms);
    }
    return verify((Evidence.Ias) evidence, terms);
  }

  /** What collateral is worth by itself, before it is kept. */
  public CollateralVerdict examine(Bytes collateral, Instant at) {
    try {
      return collateral(collateral).examine(at);
    } catch (RejectedException rejected) {
      return new CollateralVerdict.Unsound(rejected.reason(), rejected.sentence());
    }
  }

  private Verdict verify(Evidence.Ias evidence, Terms terms) {
    Optional<Claims> claims = Optional.empty();
    try {
      IasJudge judge = new IasJudge(evidence, IasReport.parse(evidence.report()), terms);
      claims = Optional.of(judge.claims());
      return judge.accept(anchors.iasAuthority());
    } catch (RejectedException rejected) {
      return new Verdict.Rejected(rejected.reason(), rejected.sentence(), claims);
    }
  }

  private Verdict verify(Evidence.Dcap evidence, Terms terms) {
    Optional<Claims> claims = Optional.empty();
    try {
      Quote quote = Quote.parse(evidence.quote());
      claims = Optional.of(quote.body().claims());
      Collateral collateral = collateral(evidence.collateral());
      Certification certification = certification(quote, collateral);
      claims = Optional.of(quote.body().claims().withFmspc(certification.platform().fmspc()));
      EcdsaKey key = certification.attestationKey();
      if (!key.verifies(quote.signedDigest(), quote.signature())) {
        throw new RejectedException(
            QUOTE_SIGNATURE_IS_INVALID, "The attestation key did not sign the quote.");
      }
      DcapJudge judge = new DcapJudge(quote, certification, collateral, terms);
      judge.requireFit();
      requireCrl(collateral, certification.chain().authority());
      return judge.accept(evidence.hash());
    } catch (RejectedException rejected) {
      return new Verdict.Rejected(rejected.reason(), rejected.sentence(), claims);
    }
  }

  private Collateral collateral(Bytes json) throws RejectedException {
    return collaterals.get(json, () -> Collateral.prove(json, anchors.dcapRoot()));
  }

  private Certification certification(Quote quote, Collateral collateral) throws RejectedException {
    CertificationKey key =
        new CertificationKey(quote.certification(), quote.isWrapped(), collateral.pckChain());
    return certifications.get(
        key,
        () ->
            Certification.prove(
                key.certification(), key.isWrapped(), key.separateChain(), anchors.dcapRoot()));
  }

  /** The list must be of the authority that issued this platform's certificate, no other. */
  private void requireCrl(Collateral collateral, Certificate authority) throws RejectedException {
    if (collateral.pckCrl().isPresent()) {
      Crl crl = collateral.pckCrl().get();
      crls.get(
          new CrlKey(crl.signed(), crl.signature(), authority),
          () -> {
            if (!crl.isBy(authority.subject(), authority.key())) {
              throw new RejectedException(
                  CRL_IS_INVALID,
                  "The platforms' revocation list is not of " + authority.commonName() + ".");
            }
            return true;
          });
    }
  }
}
