package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentEndReason;
import io.phalanx.scheduler.deployment.AssignmentState;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.Leaving;
import io.phalanx.scheduler.miner.Cordon;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.state.State;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why an assignment cannot stay where it is, if it cannot. */
final class MoveCause {

  private static final Comparator<Leaving> SOONEST = Comparator.comparingLong(Leaving::byMs);

  private final State state;

  MoveCause(State state) {
    this.state = state;
  }

  /**
   * The reason and the end that count: of several the one that ends it soonest. The end of one that
   * leaves already is never put off by another reason, or a drain could be used to outstay a tier.
   */
  Optional<Leaving> of(Assignment assignment, long atMs) {
    if (!assignment.isLive()) {
      return Optional.empty();
    }
    Miner miner = state.miners().known(assignment.minerId());
    return Stream.of(
            drained(miner, assignment, atMs),
            tierDropped(miner, assignment, atMs),
            silent(miner, assignment, atMs))
        .flatMap(Optional::stream)
        .min(SOONEST);
  }

  private static Optional<Leaving> drained(Miner miner, Assignment assignment, long atMs) {
    Cordon cordon = miner.cordon();
    Long byMs = cordon == null ? null : cordon.drainByMs();
    return byMs == null
        ? Optional.empty()
        : Optional.of(new Leaving(AssignmentEndReason.DRAINED, sinceMs(assignment, atMs), byMs));
  }

  private Optional<Leaving> tierDropped(Miner miner, Assignment assignment, long atMs) {
    Deployment deployment = state.deployments().known(assignment.deploymentId());
    boolean accepted =
        miner.evidence().isValidAt(atMs)
            && deployment.spec().tiers().accept(miner.evidence().tier());
    return accepted
        ? Optional.empty()
        : Optional.of(within(AssignmentEndReason.TIER_DROPPED, assignment, atMs));
  }

  private Optional<Leaving> silent(Miner miner, Assignment assignment, long atMs) {
    Leaving now = assignment.leaving();
    boolean leavesForIt = now != null && now.reason() == AssignmentEndReason.MINER_LOST;
    Long givenUpMs = leavesForIt ? miner.standing().silentSinceMs() : givenUpMs(miner, assignment);
    return givenUpMs == null || givenUpMs > atMs
        ? Optional.empty()
        : Optional.of(within(AssignmentEndReason.MINER_LOST, assignment, atMs));
  }

  /** When a running contract is moved from a miner that an alarm spared; none: it was not. */
  private @Nullable Long givenUpMs(Miner miner, Assignment assignment) {
    long spareUntilMs = state.market().spareUntilMs();
    Long silentSinceMs = miner.standing().silentSinceMs();
    if (silentSinceMs == null
        || silentSinceMs > spareUntilMs
        || assignment.state() != AssignmentState.RUNNING) {
      return null;
    }
    long graceMs = state.policy().miners().silenceGrace().toMillis();
    return Math.max(silentSinceMs + graceMs, spareUntilMs);
  }

  /** Within the grace, which does not begin anew. */
  private Leaving within(AssignmentEndReason reason, Assignment assignment, long atMs) {
    Leaving now = assignment.leaving();
    if (now != null && now.reason() == reason) {
      return now;
    }
    long byMs = atMs + state.policy().moves().grace().toMillis();
    return new Leaving(
        reason, sinceMs(assignment, atMs), now == null ? byMs : Math.min(now.byMs(), byMs));
  }

  private static long sinceMs(Assignment assignment, long atMs) {
    Leaving now = assignment.leaving();
    return now == null ? atMs : now.sinceMs();
  }

  /** When time alone may bring a cause: evidence expires, or an alarm is over. */
  long nextChangeMs(Assignment assignment, long atMs) {
    Miner miner = state.miners().known(assignment.minerId());
    Evidence evidence = miner.evidence();
    return Stream.of(
            Optional.ofNullable(evidence.expiresAtMs()),
            Optional.ofNullable(givenUpMs(miner, assignment)))
        .flatMap(Optional::stream)
        .filter(dueMs -> dueMs > atMs)
        .min(Long::compare)
        .orElse(Long.MAX_VALUE);
  }
}
