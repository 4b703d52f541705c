package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.audit.DeploymentFacts.SlotFacts;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.id.AssignmentId;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** An assignment as the audit knows it. */
final class AssignmentFacts {

  final AssignmentId id;
  final DeploymentFacts deployment;
  final MinerFacts miner;
  final Placement placement;
  final long waitingSinceMs;
  final long minerChangedAt;
  @Nullable Long runningAtMs;
  @Nullable Long endedAtMs;
  long sequence = -1;
  long gasUsed;
  BigInteger charged = BigInteger.ZERO;
  BigInteger treasury = BigInteger.ZERO;
  BigInteger corrected = BigInteger.ZERO;
  boolean saidLast;

  /** What it is to end with, if it leaves. */
  @Nullable AssignmentEndReason leaving;

  long leavesByMs;

  /** Whether another has taken over from it. */
  boolean mayEnd;

  AssignmentFacts(
      AssignmentId id, DeploymentFacts deployment, MinerFacts miner, Placement placement) {
    this.id = id;
    this.deployment = deployment;
    this.miner = miner;
    this.placement = placement;
    this.waitingSinceMs = deployment.waitingSinceMs();
    this.minerChangedAt = miner.changedAt;
  }

  /** Its slot; one of its own should it claim one that is not there. */
  SlotFacts slot() {
    int replica = placement.replica();
    boolean exists = replica >= 0 && replica < deployment.slots.size();
    return exists ? deployment.slots.get(replica) : new SlotFacts(0);
  }

  boolean isLive() {
    return endedAtMs == null;
  }

  /** Whether it ran and has not sent its last reading. */
  boolean owesReading() {
    return runningAtMs != null && !saidLast;
  }

  @Override
  public String toString() {
    return "assignment " + id;
  }
}
