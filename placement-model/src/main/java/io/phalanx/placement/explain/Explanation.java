package io.phalanx.placement.explain;

import java.util.List;

/**
 * Why a deployment is where it is.
 *
 * @param eligibleMiners that fail nothing that the deployment asks for, wherever they stand
 * @param idleEligibleMiners of these, the ones that could take a slot now
 * @param queuePosition from 1; who is worth more comes first; 0 when nothing of it waits
 * @param eliminations only constraints that someone fails, in the order of the enum
 */
public record Explanation(
    Verdict verdict,
    int eligibleMiners,
    int idleEligibleMiners,
    int queuePosition,
    List<Elimination> eliminations) {
  public Explanation {
    eliminations = List.copyOf(eliminations);
  }
}
