package io.phalanx.placement.explain;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Constraint;
import java.util.Set;

/**
 * Any miner that is registered.
 *
 * @param candidate the miner, held for whom it is held
 * @param blockers what keeps it from taking anything now; empty = a candidate of the next round
 */
public record RegisteredMiner(Candidate candidate, Set<Constraint> blockers) {
  public RegisteredMiner {
    blockers = Set.copyOf(blockers);
    for (Constraint blocker : blockers) {
      if (!blocker.isBlocker()) {
        throw new IllegalArgumentException(blocker + " is not of the miner alone");
      }
    }
  }

  boolean isCandidate() {
    return blockers.isEmpty();
  }

  /** The miner as if it were held for nobody. */
  Candidate released() {
    return candidate.reservedFor() == null ? candidate : candidate.reservedFor(null);
  }
}
