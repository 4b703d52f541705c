package io.phalanx.scheduler.decide;

import static io.phalanx.scheduler.decision.Decision.accept;
import static io.phalanx.scheduler.decision.Decision.refuse;

import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.command.MinerCommand.ReviewEvidence;
import io.phalanx.scheduler.command.SystemCommand.PublishCollateral;
import io.phalanx.scheduler.decision.Decision;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.event.AccessEvent.NonceUsed;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.MinerEvent.EvidenceRenewed;
import io.phalanx.scheduler.event.MinerEvent.MinerRegistered;
import io.phalanx.scheduler.event.MinerEvent.MinerTierChanged;
import io.phalanx.scheduler.event.TrustEvent.CollateralFiled;
import io.phalanx.scheduler.event.TrustEvent.CollateralPublished;
import io.phalanx.scheduler.event.TrustEvent.EvidenceFiled;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Collateral;
import io.phalanx.scheduler.miner.CollateralRef;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.EvidenceFile;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.miner.Proof;
import io.phalanx.scheduler.miner.Proven;
import io.phalanx.scheduler.miner.TierChangeReason;
import io.phalanx.scheduler.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What verified evidence comes to. Whoever verified it did so by the policy and the collateral it
 * knew: here it is checked that they still are those in force, and that the nonce is fresh and new.
 */
final class EvidenceDecider {

  /** Under whose name nonces of evidence are remembered beside those of signed requests. */
  private static final String NONCES = "attestation";

  /** A node that gives out nonces may be so much ahead of the one that takes them. */
  private static final long CLOCK_SKEW_MS = 60_000;

  private final State state;

  EvidenceDecider(State state) {
    this.state = state;
  }

  Decision decide(RegisterMiner command, long atMs) {
    if (state.miners().find(command.minerId()).isPresent()) {
      return refuse(
          Refusal.MINER_IS_ALREADY_REGISTERED,
          "A miner with this key is registered; its state and stake stand as they are.");
    }
    Optional<Rejection> rejected = rejection(command.evidence(), command.proof(), atMs);
    if (rejected.isPresent()) {
      return new Decision.Refused(rejected.get());
    }
    MinerRegistered registered =
        new MinerRegistered(
            command.minerId(),
            command.operator(),
            command.region(),
            command.stake(),
            command.performance(),
            command.gasPrice(),
            command.evidence());
    return accept(withFiles(command.minerId(), registered, command.proof()));
  }

  Decision decide(RenewEvidence command, long atMs) {
    Optional<Miner> found = state.miners().find(command.minerId());
    if (found.isEmpty()) {
      return MinerDecider.notFound(command.minerId());
    }
    Miner miner = found.get();
    Evidence evidence = command.evidence();
    Optional<Rejection> rejected =
        rejection(evidence, command.proof(), atMs).or(() -> platformTaken(miner, evidence));
    if (rejected.isPresent()) {
      return new Decision.Refused(rejected.get());
    }
    Event renewed = stand(miner, evidence, TierChangeReason.RENEWED);
    return accept(withFiles(miner.id(), renewed, command.proof()));
  }

  private Optional<Rejection> platformTaken(Miner miner, Evidence evidence) {
    return miner.state() == MinerState.STOPPED
        ? Optional.empty() // looked at when it starts
        : PlatformGuard.refusal(state, miner, evidence);
  }

  /** The one event by which a miner stands on that evidence from now on. */
  private static Event stand(Miner miner, Evidence evidence, TierChangeReason reason) {
    Integer from = miner.evidence().standingTier();
    Integer to = evidence.standingTier();
    return Objects.equals(from, to)
        ? new EvidenceRenewed(miner.id(), evidence)
        : new MinerTierChanged(miner.id(), from, to, reason, evidence);
  }

  private Optional<Rejection> rejection(Evidence evidence, @Nullable Proof proof, long atMs) {
    if (proof == null) {
      return Optional.empty();
    }
    if (!isCurrent(evidence)) {
      return Optional.of(
          Rejection.of(
              Refusal.EVIDENCE_WAS_JUDGED_BY_OTHER_RULES,
              "Policy or collateral changed while the evidence was verified; try again."));
    }
    String lapse = evidence.lapse();
    if (lapse != null) {
      String sentence = Objects.requireNonNullElse(proof.sentence(), "The evidence is rejected.");
      return rejected(lapse, sentence);
    }
    return staleNonce(proof, atMs);
  }

  private boolean isCurrent(Evidence evidence) {
    Proven proven = evidence.proven();
    CollateralRef beside = proven == null ? null : proven.collateral();
    return state.trust().isCurrent(evidence.policyVersion(), beside);
  }

  private Optional<Rejection> staleNonce(Proof proof, long atMs) {
    String nonce = proof.nonce();
    long ageMs = atMs - proof.nonceAtMs();
    if (nonce == null || ageMs < -CLOCK_SKEW_MS) {
      return rejected("NONCE_IS_NOT_BOUND", "The nonce in the report data is not one of ours.");
    }
    if (ageMs >= state.policy().attestation().nonceAge().toMillis()) {
      return rejected("NONCE_IS_TOO_OLD", "The nonce was given out too long ago.");
    }
    return state.access().nonces().hasSeen(NONCES, nonce)
        ? rejected("NONCE_WAS_USED", "Evidence with this nonce was accepted before.")
        : Optional.empty();
  }

  private static Optional<Rejection> rejected(String reason, String sentence) {
    return Optional.of(new Rejection(Refusal.EVIDENCE_IS_REJECTED, sentence, null, reason, null));
  }

  /** The event, then what it rests on: collateral once, not once for each machine. */
  private List<Event> withFiles(MinerId id, Event event, @Nullable Proof proof) {
    List<Event> events = new ArrayList<>();
    String nonce = proof == null ? null : proof.nonce();
    if (proof != null && nonce != null) {
      long untilMs = proof.nonceAtMs() + PolicyBounds.OLDEST_NONCE.toMillis();
      events.add(new NonceUsed(NONCES, nonce, untilMs));
    }
    Collateral collateral = proof == null ? null : proof.collateral();
    if (collateral != null && !isKept(collateral.ref())) {
      events.add(new CollateralFiled(collateral));
    }
    events.add(event);
    EvidenceFile file = proof == null ? null : proof.file();
    if (file != null) {
      events.add(new EvidenceFiled(id, file));
    }
    return events;
  }

  private boolean isKept(CollateralRef ref) {
    return state.miners().restOn(ref.hash())
        || state
            .trust()
            .published(ref.family())
            .filter(newest -> newest.ref().hash().equals(ref.hash()))
            .isPresent();
  }

  /** What was meanwhile overtaken by other evidence or rules is judged again later. */
  Decision decide(ReviewEvidence command) {
    Optional<Miner> found = state.miners().find(command.minerId());
    Evidence evidence = command.evidence();
    boolean fits =
        found.isPresent()
            && Objects.equals(found.get().evidence().evidenceHash(), evidence.evidenceHash())
            && evidence.evaluatedAtMs() >= found.get().evidence().evaluatedAtMs()
            && isCurrent(evidence);
    return fits ? accept(stand(found.get(), evidence, command.reason())) : accept();
  }

  Decision decide(PublishCollateral command) {
    CollateralRef offered = command.collateral().ref();
    Optional<Collateral> newest = state.trust().published(offered.family());
    if (newest.isEmpty()) {
      return accept(new CollateralPublished(command.collateral()));
    }
    CollateralRef present = newest.get().ref();
    if (present.hash().equals(offered.hash())) {
      return accept(); // it is what counts already
    }
    return offered.issuedAtMs() < present.issuedAtMs()
        ? refuse(Refusal.COLLATERAL_IS_OLDER, "Newer collateral of this family has been published.")
        : accept(new CollateralPublished(command.collateral()));
  }
}
