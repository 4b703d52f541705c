package io.phalanx.scheduler.simulation;

import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.RenewEvidence;
import io.phalanx.scheduler.command.MinerCommand.ReviewEvidence;
import io.phalanx.scheduler.command.SystemCommand.PublishCollateral;
import io.phalanx.scheduler.miner.Collateral;
import io.phalanx.scheduler.miner.CollateralRef;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.EvidenceFile;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.Proof;
import io.phalanx.scheduler.miner.Proven;
import io.phalanx.scheduler.miner.TierChangeReason;
import io.phalanx.scheduler.state.State;
import java.util.List;

/** Evidence as nodes hand it to the writer: mostly of now, sometimes late, stale or rejected. */
final class Machines {

  private static final List<String> FAMILIES = List.of("00606A000000", "00A067110000");

  private final Chance chance;
  private int nonces;

  Machines(Chance chance) {
    this.chance = chance;
  }

  /** The same registration with a proof of its evidence. */
  RegisterMiner proven(RegisterMiner plain, State seen, long nowMs) {
    Evidence evidence = evidence(seen, nowMs);
    return new RegisterMiner(
        plain.minerId(),
        plain.operator(),
        plain.region(),
        plain.stake(),
        plain.performance(),
        plain.gasPrice(),
        evidence,
        proof(evidence, nowMs));
  }

  RenewEvidence renewal(Miner miner, State seen, long nowMs) {
    Evidence evidence = evidence(seen, nowMs);
    return new RenewEvidence(miner.id(), evidence, proof(evidence, nowMs));
  }

  /** A verdict of the leader's own, on what the miner stands on or on what it stood on before. */
  ReviewEvidence review(Miner miner, State seen, long nowMs) {
    Evidence fresh = evidence(seen, nowMs);
    String hash = chance.oneIn(10) ? "other" : miner.evidence().evidenceHash();
    Evidence again =
        new Evidence(
            fresh.tier(),
            fresh.type(),
            fresh.policyVersion(),
            fresh.advisories(),
            fresh.evaluatedAtMs(),
            fresh.expiresAtMs(),
            hash,
            fresh.proven(),
            fresh.lapse());
    return new ReviewEvidence(miner.id(), again, whyAgain());
  }

  /** Whoever judges again does not say that evidence has expired: that is the timer's to say. */
  private TierChangeReason whyAgain() {
    TierChangeReason why = chance.any(TierChangeReason.values());
    return why == TierChangeReason.EXPIRED ? TierChangeReason.REVIEWED : why;
  }

  Command publication(long nowMs) {
    return new PublishCollateral(collateral(nowMs));
  }

  private Collateral collateral(long nowMs) {
    long issuedAtMs = nowMs - nowMs % 3_600_000;
    CollateralRef ref =
        new CollateralRef(
            chance.of(FAMILIES), "SGX", Long.toHexString(issuedAtMs) + chance.below(2), issuedAtMs);
    return new Collateral(ref, nowMs + 86_400_000, "{\"is\":\"" + ref.hash() + "\"}");
  }

  private Evidence evidence(State seen, long nowMs) {
    Proven proven =
        new Proven(
            "UpToDate",
            "5e".repeat(32),
            "ppid:" + chance.below(6),
            nowMs,
            chance.oneIn(4) ? null : collateral(nowMs).ref(),
            chance.oneIn(3) ? (Integer) 60 : null);
    return new Evidence(
        (int) chance.between(1, 5),
        "dcap",
        Math.max(1, seen.policy().version() - (chance.oneIn(8) ? 1 : 0)),
        List.of(),
        nowMs,
        nowMs + chance.between(1, 7_200_000),
        "ev-" + chance.below(1000),
        proven,
        chance.oneIn(8) ? "DEBUG_IS_ENABLED" : null);
  }

  private Proof proof(Evidence evidence, long nowMs) {
    if (evidence.lapse() != null) {
      return Proof.rejected("no");
    }
    nonces += chance.oneIn(10) ? 0 : 1;
    long nonceAtMs = nowMs - chance.between(0, 700_000);
    EvidenceFile file = new EvidenceFile(EvidenceFile.DCAP, "cXVvdGU=", null, null);
    Proven proven = evidence.proven();
    CollateralRef beside = proven == null ? null : proven.collateral();
    Collateral filed = beside == null ? null : new Collateral(beside, nowMs + 86_400_000, "{}");
    return new Proof(file, filed, "nonce-" + nonces, nonceAtMs, null);
  }
}
