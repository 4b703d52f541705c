package io.phalanx.scheduler.decide;

import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.decision.Rejection;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.miner.Proven;
import io.phalanx.scheduler.state.State;
import java.util.Optional;

/** One machine is not sold twice: so many miners of a platform take part and no more. */
final class PlatformGuard {

  private PlatformGuard() {}

  /** Why the miner may not take part with that evidence, if it may not. */
  static Optional<Rejection> refusal(State state, Miner miner, Evidence evidence) {
    Proven proven = evidence.proven();
    if (proven == null) {
      return Optional.empty();
    }
    int most = state.policy().attestation().minersPerPlatform();
    int others = state.miners().takingPartOn(proven.platform()) - itself(miner, proven);
    return others < most
        ? Optional.empty()
        : Optional.of(
            Rejection.guard(
                Refusal.PLATFORM_IS_TAKEN,
                "At most " + most + " miners of one platform take part; " + others + " others do.",
                "at most " + most,
                String.valueOf(others + 1)));
  }

  private static int itself(Miner miner, Proven proven) {
    Proven own = miner.evidence().proven();
    boolean counts =
        own != null
            && own.platform().equals(proven.platform())
            && miner.state() != MinerState.STOPPED;
    return counts ? 1 : 0;
  }
}
