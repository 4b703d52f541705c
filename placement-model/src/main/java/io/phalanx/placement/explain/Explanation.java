package io.phalanx.placement.explain;

import io.phalanx.placement.Candidate;
import java.util.List;

/**
 * Why a deployment is where it is.
 *
 * @param eligibleMiners that fail nothing that the deployment asks for, wherever they stand
 * @param idleEligibleMiners of these, the ones that could take a slot now
 * @param queuePosition from 1; who is worth more comes first; 0 when nothing of it waits
 * @param eliminations only constraints that someone fails, in the order of the enum
 * @param relaxations the smallest changes that would make it placeable now, best first; none when
 *     it is, or when it can be changed no more
 * @param runnersUp the miners that could take a slot now and suit it best, best first
 */
public record Explanation(
    Verdict verdict,
    int eligibleMiners,
    int idleEligibleMiners,
    int queuePosition,
    List<Elimination> eliminations,
    List<Relaxation> relaxations,
    List<Candidate> runnersUp) {
  public Explanation {
    eliminations = List.copyOf(eliminations);
    relaxations = List.copyOf(relaxations);
    runnersUp = List.copyOf(runnersUp);
  }
}
