package io.phalanx.placement;

import java.util.EnumMap;
import java.util.Map;

/**
 * How well a miner suits a deployment that it is eligible for. One instance serves a market and an
 * objective; placement, explanation, dry run and quote all ask it. Integer arithmetic, floor
 * division.
 */
public final class Fit {
  private static final int MOST = 1000;

  private final Objective objective;
  private final Market market;

  public Fit(Objective objective, Market market) {
    this.objective = objective;
    this.market = market;
  }

  /** The weighted sum of the terms. */
  public long of(Demand demand, Candidate miner) {
    Weights weights = objective.weights(demand.preference());
    return (long) weights.economy() * economy(miner)
        + (long) weights.speed() * speed(miner)
        + (long) weights.security() * security(miner)
        + (long) weights.frugality() * frugality(demand.tiers().worst(), miner)
        + (long) weights.rest() * rest(miner)
        + (long) weights.dispersion() * dispersion(miner);
  }

  /** The weighted points that {@code term} adds to the fit. */
  public long points(Term term, Demand demand, Candidate miner) {
    return (long) objective.weights(demand.preference()).of(term) * term(term, demand, miner);
  }

  /** The weighted points of every term; they sum to the fit. */
  public Map<Term, Long> points(Demand demand, Candidate miner) {
    Map<Term, Long> points = new EnumMap<>(Term.class);
    for (Term term : Term.values()) {
      points.put(term, points(term, demand, miner));
    }
    return points;
  }

  /** One term before its weight, 0..1000. */
  public int term(Term term, Demand demand, Candidate miner) {
    return term(term, demand.tiers().worst(), miner);
  }

  /** One term before its weight, for anyone whose worst accepted tier is {@code worst}. */
  public int term(Term term, int worst, Candidate miner) {
    return switch (term) {
      case ECONOMY -> economy(miner);
      case SPEED -> speed(miner);
      case SECURITY -> security(miner);
      case FRUGALITY -> frugality(worst, miner);
      case REST -> rest(miner);
      case DISPERSION -> dispersion(miner);
    };
  }

  private int economy(Candidate miner) {
    long reference = market.referencePrice();
    // an ask at or over the reference price earns nothing; the test also keeps the product in range
    return miner.ask() >= reference ? 0 : (int) (MOST - miner.ask() * MOST / reference);
  }

  private int speed(Candidate miner) {
    return Math.min(MOST, miner.performance() / objective.performancePerSpeedPoint());
  }

  private int security(Candidate miner) {
    return objective.securityPerTier() * (TierSet.WORST - miner.tier());
  }

  private int frugality(int worst, Candidate miner) {
    int tooGood = Math.max(0, worst - miner.tier()) * objective.wastePerTier();
    int tooFast = miner.performance() / objective.performancePerWastePoint();
    return MOST - tooGood - Math.min(objective.maxPerformanceWaste(), tooFast);
  }

  private int rest(Candidate miner) {
    return rest(miner.idleSeconds());
  }

  /** The term of whoever has been Idle for so long. */
  public int rest(long idleSeconds) {
    return (int) Math.min(MOST, idleSeconds / objective.secondsPerRestPoint());
  }

  private int dispersion(Candidate miner) {
    return dispersion(miner.operator());
  }

  /** The term of all miners of that operator. */
  public int dispersion(String operator) {
    int floor = objective.dispersionFloor();
    long crowd =
        (long) MOST
            * market.activeOf(operator)
            * Math.min(floor, market.operators())
            / Math.max(floor, market.activeOfAll());
    return (int) (MOST - Math.min(MOST, crowd));
  }
}
