package io.phalanx.api.evidence;

import io.phalanx.attestation.Binding;
import io.phalanx.attestation.Bytes;
import io.phalanx.attestation.Claims;
import io.phalanx.attestation.CollateralVerdict;
import io.phalanx.attestation.RejectReason;
import io.phalanx.attestation.Terms;
import io.phalanx.attestation.Verdict;
import io.phalanx.attestation.verify.Attestor;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Collateral;
import io.phalanx.scheduler.miner.CollateralRef;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.Proof;
import io.phalanx.scheduler.miner.Proven;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies evidence by the policy and beside the collateral that this node knows. The verdict goes
 * to the writer with the version it was made by. Takes fractions of a millisecond to some
 * milliseconds of processor time: never on an event loop.
 */
public final class EvidenceCheck {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceCheck.class);

  private final Attestor attestor;
  private final EvidenceNonces nonces;
  private final Engine engine;
  private final InstantSource clock;
  private final boolean isOpen;
  private final EvidenceMeter meter;

  /**
   * A check.
   *
   * @param attestor verifies
   * @param nonces gave out what evidence is bound to
   * @param engine has policy and collateral
   * @param isOpen whether scores are believed without proof
   */
  public EvidenceCheck(
      Attestor attestor,
      EvidenceNonces nonces,
      Engine engine,
      InstantSource clock,
      boolean isOpen,
      EvidenceMeter meter) {
    this.attestor = attestor;
    this.nonces = nonces;
    this.engine = engine;
    this.clock = clock;
    this.isOpen = isOpen;
    this.meter = meter;
  }

  /**
   * What came of it, for the writer.
   *
   * @param evidence what it proves, or that it has lapsed
   * @param proof what comes with it
   */
  public record Checked(Evidence evidence, Proof proof) {}

  /** A verdict and what it was made beside. */
  private record Judged(Verdict verdict, Optional<Collateral> beside) {}

  /** What evidence proves that a miner has just handed in. */
  public Checked handedIn(MinerId id, io.phalanx.attestation.Evidence given) {
    long started = System.nanoTime();
    Rules rules = rules();
    Instant now = clock.instant();
    Judged judged = judge(given, Terms.registration(rules.policy(), now, key(id)));
    Checked checked = bound(given, judged, rules, now);
    note(EvidenceMeter.Occasion.HANDED_IN, id, checked.evidence(), System.nanoTime() - started);
    return checked;
  }

  private Rules rules() {
    return Rules.of(engine.replica().read(state -> state.policy()), isOpen);
  }

  private static Binding key(MinerId id) {
    return Binding.toKey(Bytes.ofHex(id.text()).orElseThrow());
  }

  /** The nonce is in the evidence itself; only what this service gave out is one. */
  private Checked bound(
      io.phalanx.attestation.Evidence given, Judged judged, Rules rules, Instant now) {
    if (judged.verdict() instanceof Verdict.Rejected rejected) {
      return rejected(given, rejected.reason(), rejected.sentence(), rules, now);
    }
    Verdict.Accepted accepted = (Verdict.Accepted) judged.verdict();
    Bytes nonce = accepted.claims().reportData().slice(Binding.LENGTH, 2 * Binding.LENGTH);
    OptionalLong issuedAtMs = nonces.issuedAt(nonce);
    if (issuedAtMs.isEmpty()) {
      String sentence = "Behind the miner's key, the report data holds no nonce of this service.";
      return rejected(given, RejectReason.NONCE_IS_NOT_BOUND, sentence, rules, now);
    }
    Collateral beside = judged.beside().orElse(null);
    Evidence evidence =
        Verdicts.accepted(accepted, given.type(), beside, now, now, rules.performanceCap());
    return new Checked(
        evidence,
        new Proof(Verdicts.file(given), beside, nonce.hex(), issuedAtMs.getAsLong(), null));
  }

  private static Checked rejected(
      io.phalanx.attestation.Evidence given,
      RejectReason reason,
      String sentence,
      Rules rules,
      Instant now) {
    long version = rules.policy().version();
    return new Checked(
        Verdicts.rejected(given, reason.name(), version, now), Proof.rejected(sentence));
  }

  /** What is published counts, unless what came with the quote is newer. */
  private Judged judge(io.phalanx.attestation.Evidence given, Terms terms) {
    Verdict verdict = attestor.verify(given, terms);
    if (!(given instanceof io.phalanx.attestation.Evidence.Dcap dcap)) {
      return new Judged(verdict, Optional.empty());
    }
    Optional<Collateral> own = examined(dcap.collateral(), terms.at());
    Optional<Collateral> published = claims(verdict).flatMap(this::published);
    long ownMs = own.map(each -> each.ref().issuedAtMs()).orElse(Long.MIN_VALUE);
    if (published.isEmpty() || published.get().ref().issuedAtMs() < ownMs) {
      return new Judged(verdict, own);
    }
    Bytes text = Bytes.utf8(published.get().text());
    return new Judged(attestor.verify(dcap.withCollateral(text), terms), published);
  }

  private static Optional<Claims> claims(Verdict verdict) {
    return verdict instanceof Verdict.Accepted accepted
        ? Optional.of(accepted.claims())
        : ((Verdict.Rejected) verdict).claims();
  }

  private Optional<Collateral> published(Claims claims) {
    if (claims.fmspc().isEmpty()) {
      return Optional.empty();
    }
    String fmspc = Verdicts.upper(claims.fmspc().get());
    String family = CollateralRef.family(fmspc, claims.tee().name());
    return engine.replica().read(state -> state.trust().published(family));
  }

  private Optional<Collateral> examined(Bytes text, Instant at) {
    return attestor.examine(text, at) instanceof CollateralVerdict.Sound sound
        ? Optional.of(Verdicts.collateral(text, sound))
        : Optional.empty();
  }

  /**
   * What evidence proves now that a miner stands on.
   *
   * @param before what it proved
   * @param proven the same beside the tier
   * @param given the evidence, beside the collateral that counts now
   * @param beside that collateral; none for IAS
   */
  Evidence again(
      MinerId id,
      Evidence before,
      Proven proven,
      io.phalanx.attestation.Evidence given,
      @Nullable Collateral beside) {
    long started = System.nanoTime();
    Rules rules = rules();
    Instant received = Instant.ofEpochMilli(proven.receivedAtMs());
    Instant clocked = clock.instant();
    Instant now = clocked.isBefore(received) ? received : clocked; // another node's clock
    Terms terms = new Terms(rules.policy(), received, now, Optional.of(key(id)));
    Verdict verdict = attestor.verify(given, terms);
    Evidence evidence =
        verdict instanceof Verdict.Accepted accepted
            ? Verdicts.accepted(
                accepted, before.type(), beside, received, now, rules.performanceCap())
            : Verdicts.lapsed(
                before, proven, beside, (Verdict.Rejected) verdict, rules.policy().version(), now);
    note(EvidenceMeter.Occasion.REVIEW, id, evidence, System.nanoTime() - started);
    return evidence;
  }

  /** What collateral is worth that an admin publishes. */
  public CollateralVerdict examine(Bytes text) {
    return attestor.examine(text, clock.instant());
  }

  /** Sound collateral under the name it is kept by. */
  public static Collateral kept(Bytes text, CollateralVerdict.Sound sound) {
    return Verdicts.collateral(text, sound);
  }

  /** A nonce of now. */
  public Bytes nonce() {
    return nonces.issue(clock.millis());
  }

  /** Where figures go. */
  public EvidenceMeter meter() {
    return meter;
  }

  private void note(EvidenceMeter.Occasion occasion, MinerId id, Evidence evidence, long nanos) {
    String lapse = evidence.lapse();
    meter.verified(occasion, lapse == null ? "accepted" : lapse, nanos);
    LOG.info(
        "event=evidence-verified occasion={} miner={} type={} evidence={} tier={} reason={}",
        occasion.name().toLowerCase(Locale.ROOT),
        id.text(),
        evidence.type(),
        evidence.evidenceHash(),
        evidence.standingTier(),
        lapse);
  }
}
