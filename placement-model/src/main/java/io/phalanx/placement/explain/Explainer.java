package io.phalanx.placement.explain;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Constraint;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.SolveLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Explains by placing: it runs the very engine of the rounds on copies of the round, and counts by
 * the same rules.
 */
public final class Explainer {
  private static final int EXCHANGE_STEPS = 200;

  private final PlacementEngine engine;
  private final SolveLimits limits;

  /**
   * @param timeLimit for each of the at most three times that the engine is asked
   */
  public Explainer(PlacementEngine engine, Duration timeLimit) {
    this.engine = engine;
    this.limits = new SolveLimits(0, timeLimit, EXCHANGE_STEPS, 0);
  }

  /**
   * Explains {@code demand}, which need not be in the queue.
   *
   * @param isPlaced nothing of it waits: the state decides that, not the engine
   */
  public Explanation explain(Demand demand, boolean isPlaced, NetworkView view) {
    Map<Constraint, Integer> failed = count(demand, view);
    int eligible = 0;
    int idle = 0;
    for (RegisteredMiner miner : view.miners()) {
      if (Eligibility.accepts(demand, miner.candidate())) {
        eligible++;
        idle += miner.isCandidate() ? 1 : 0;
      }
    }
    if (!isPlaced
        && demand.required() > 1
        && !fits(demand, List.of(demand), candidates(view), view)) {
      failed.put(Constraint.MIN_REPLICAS, 0);
    }
    List<Elimination> eliminations = new ArrayList<>();
    failed.forEach((constraint, miners) -> eliminations.add(new Elimination(constraint, miners)));
    return new Explanation(
        isPlaced ? Verdict.PLACED : verdict(demand, eligible, view),
        eligible,
        idle,
        isPlaced ? 0 : position(demand, view),
        eliminations);
  }

  /**
   * Every constraint that {@code miner} fails for {@code demand}; none when it could take a slot
   * now.
   */
  public static Set<Constraint> whyNot(Demand demand, RegisteredMiner miner) {
    Set<Constraint> failed = EnumSet.noneOf(Constraint.class);
    failed.addAll(Eligibility.failed(demand, miner.candidate()));
    failed.addAll(miner.blockers());
    return failed;
  }

  private static Map<Constraint, Integer> count(Demand demand, NetworkView view) {
    Map<Constraint, Integer> failed = new EnumMap<>(Constraint.class);
    for (RegisteredMiner miner : view.miners()) {
      for (Constraint constraint : whyNot(demand, miner)) {
        failed.merge(constraint, 1, Integer::sum);
      }
    }
    return failed;
  }

  private Verdict verdict(Demand demand, int eligible, NetworkView view) {
    List<Demand> queue = new ArrayList<>(view.queue());
    boolean waits = queue.stream().anyMatch(other -> isSame(other, demand));
    queue.replaceAll(other -> isSame(other, demand) ? demand : other);
    if (!waits) {
      queue.add(demand);
    }
    if (fits(demand, queue, candidates(view), view)) {
      return Verdict.PLACEABLE;
    }
    List<Candidate> all = view.miners().stream().map(RegisteredMiner::candidate).toList();
    boolean couldEver = eligible >= demand.required() && fits(demand, List.of(demand), all, view);
    return couldEver ? Verdict.WAITING : Verdict.NEVER;
  }

  /**
   * Whether the engine places a slot of {@code demand} when it is given this queue and these
   * miners.
   */
  private boolean fits(
      Demand demand, List<Demand> queue, List<Candidate> miners, NetworkView view) {
    PlacementProblem problem = new PlacementProblem(miners, queue, view.market(), view.objective());
    return engine.solve(problem, limits).lines().stream()
        .anyMatch(line -> line.deploymentId().equals(demand.deploymentId()));
  }

  private static boolean isSame(Demand one, Demand other) {
    return one.deploymentId().equals(other.deploymentId());
  }

  private static List<Candidate> candidates(NetworkView view) {
    return view.miners().stream()
        .filter(RegisteredMiner::isCandidate)
        .map(RegisteredMiner::candidate)
        .toList();
  }

  /** One more than the demands that are worth more; among equals, those before it in the queue. */
  private static int position(Demand demand, NetworkView view) {
    long reference = view.market().referencePrice();
    long value = view.objective().value(demand, reference);
    int position = 1;
    boolean isBehind = true;
    for (Demand other : view.queue()) {
      if (isSame(other, demand)) {
        isBehind = false;
      } else {
        long otherValue = view.objective().value(other, reference);
        position += otherValue > value || (otherValue == value && isBehind) ? 1 : 0;
      }
    }
    return position;
  }
}
