package io.phalanx.placement;

import java.util.EnumSet;
import java.util.Set;

/**
 * Who may take a slot of whom: the one statement of the rules on a pair, which placement,
 * explanation, dry run and quote share. What a plan adds up to (one slot for a miner, the
 * operator's cap within a round, minReplicas) is not of a pair.
 */
public final class Eligibility {
  private static final Set<Constraint> OF_THE_PAIR =
      EnumSet.range(Constraint.TIER, Constraint.EXCLUDED);

  static {
    OF_THE_PAIR.add(Constraint.RESERVED);
  }

  private Eligibility() {}

  /** Whether {@code miner} may take a slot of {@code demand}. */
  public static boolean accepts(Demand demand, Candidate miner) {
    for (Constraint constraint : OF_THE_PAIR) {
      if (fails(constraint, demand, miner)) {
        return false;
      }
    }
    return true;
  }

  /** Every constraint of the pair that {@code miner} fails, in the order of the enum. */
  public static Set<Constraint> failed(Demand demand, Candidate miner) {
    Set<Constraint> failed = EnumSet.noneOf(Constraint.class);
    for (Constraint constraint : OF_THE_PAIR) {
      if (fails(constraint, demand, miner)) {
        failed.add(constraint);
      }
    }
    return failed;
  }

  /**
   * Whether the pair fails {@code constraint}; no pair fails a constraint that is not of the pair.
   */
  public static boolean fails(Constraint constraint, Demand demand, Candidate miner) {
    return switch (constraint) {
      case TIER -> !demand.tiers().contains(miner.tier());
      case PERFORMANCE -> miner.performance() < demand.minPerformance();
      case GAS_PRICE -> miner.ask() > demand.maxGasPrice();
      case REGION -> !isAllowed(demand.regions(), miner.region());
      case ALLOW_OPERATORS -> !isAllowed(demand.allowOperators(), miner.operator());
      case DENY_OPERATORS -> demand.denyOperators().contains(miner.operator());
      case MAX_PER_OPERATOR -> demand.roomOn(miner.operator()) == 0;
      case EXCLUDED -> demand.excludedMiners().contains(miner.minerId());
      case RESERVED ->
          miner.reservedFor() != null && !miner.reservedFor().equals(demand.deploymentId());
      case STOPPED, COOLING_DOWN, BUSY, UNRESPONSIVE, CORDONED, EVIDENCE, MIN_REPLICAS -> false;
    };
  }

  private static boolean isAllowed(Set<String> allowed, String name) {
    return allowed.isEmpty() || allowed.contains(name);
  }
}
