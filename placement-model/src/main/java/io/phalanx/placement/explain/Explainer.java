package io.phalanx.placement.explain;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Constraint;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Fit;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.SolveLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Explains by placing: it tries on copies of the round, by the same rules and with the very search
 * that places.
 */
public final class Explainer {
  private static final int EXCHANGE_STEPS = 200;
  private static final int MOST_RELAXATIONS = 10;
  private static final int MOST_RUNNERS_UP = 5;

  private final PlacementEngine engine;
  private final SolveLimits limits;

  /**
   * @param timeLimit for each time that the engine is asked, which it is only when gangs wait
   */
  public Explainer(PlacementEngine engine, Duration timeLimit) {
    this.engine = engine;
    this.limits = new SolveLimits(0, timeLimit, EXCHANGE_STEPS, 0);
  }

  /** Explains what is asked about, against {@code view}. */
  public Explanation explain(Inquiry inquiry, NetworkView view) {
    Demand demand = inquiry.demand();
    Survey survey = new Survey(demand, view.miners());
    Map<Constraint, Integer> failed = survey.count();
    List<Candidate> eligible = survey.eligible();
    List<Candidate> idle = survey.idle();
    List<Candidate> runnersUp = runnersUp(demand, idle, view);
    if (inquiry.isPlaced()) {
      return new Explanation(
          Verdict.PLACED,
          eligible.size(),
          idle.size(),
          0,
          eliminations(failed),
          List.of(),
          runnersUp);
    }
    Round round = Round.of(demand, view);
    Verdict verdict = verdict(demand, eligible, round);
    if (demand.required() > 1 && !holds(demand, idle)) {
      failed.put(Constraint.MIN_REPLICAS, 0);
    }
    boolean waits = verdict == Verdict.WAITING || verdict == Verdict.NEVER;
    return new Explanation(
        verdict,
        eligible.size(),
        idle.size(),
        position(demand, view),
        eliminations(failed),
        waits && inquiry.isChangeable() ? relaxations(inquiry, round, view, survey) : List.of(),
        runnersUp);
  }

  private static List<Elimination> eliminations(Map<Constraint, Integer> failed) {
    List<Elimination> eliminations = new ArrayList<>();
    failed.forEach((constraint, miners) -> eliminations.add(new Elimination(constraint, miners)));
    return eliminations;
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

  private Verdict verdict(Demand demand, List<Candidate> eligible, Round round) {
    if (round.trial().fits() || (round.hasGangs() && places(demand, round.problem()))) {
      return Verdict.PLACEABLE;
    }
    return holds(demand, eligible) ? Verdict.WAITING : Verdict.NEVER;
  }

  private List<Relaxation> relaxations(
      Inquiry inquiry, Round round, NetworkView view, Survey survey) {
    Demand demand = inquiry.demand();
    Ladders ladders = new Ladders(demand, inquiry.mostAffordable(), round.outbidding(view));
    return new Relaxer(demand, new Pool(demand, view.miners(), survey), ladders, round.trial())
        .find().stream()
            .filter(relaxation -> !round.hasOtherGangs() || isTrue(relaxation, demand, round))
            .limit(MOST_RELAXATIONS)
            .toList();
  }

  /** With other gangs about only the engine knows: exchanging them may cost others their place. */
  private boolean isTrue(Relaxation relaxation, Demand demand, Round round) {
    Demand changed = demand;
    for (Change change : relaxation.changes()) {
      changed = change.in(changed);
    }
    return places(changed, round.with(changed));
  }

  /** Whether the engine places a slot of {@code demand} in that round. */
  private boolean places(Demand demand, PlacementProblem problem) {
    return engine.solve(problem, limits).lines().stream()
        .anyMatch(line -> line.deploymentId().equals(demand.deploymentId()));
  }

  /** Whether these miners, all of them eligible, could hold what is required at once. */
  private static boolean holds(Demand demand, List<Candidate> eligible) {
    Map<String, Integer> taken = new HashMap<>();
    int held = 0;
    for (Candidate miner : eligible) {
      int onOperator = taken.merge(miner.operator(), 1, Integer::sum);
      held += onOperator <= demand.roomOn(miner.operator()) ? 1 : 0;
      if (held >= demand.required()) {
        return true;
      }
    }
    return false;
  }

  private static List<Candidate> runnersUp(Demand demand, List<Candidate> idle, NetworkView view) {
    Fit fit = new Fit(view.objective(), view.market());
    PriorityQueue<Ranked> best = new PriorityQueue<>();
    for (Candidate miner : idle) {
      best.add(new Ranked(fit.of(demand, miner), miner));
      if (best.size() > MOST_RUNNERS_UP) {
        best.poll();
      }
    }
    return best.stream().sorted(Comparator.reverseOrder()).map(Ranked::miner).toList();
  }

  private record Ranked(long fit, Candidate miner) implements Comparable<Ranked> {
    @Override
    public int compareTo(Ranked other) {
      int byFit = Long.compare(fit, other.fit);
      return byFit != 0 ? byFit : other.miner.minerId().compareTo(miner.minerId());
    }
  }

  /** One more than the demands that are worth more; among equals, those before it in the queue. */
  private static int position(Demand demand, NetworkView view) {
    long reference = view.market().referencePrice();
    long value = view.objective().value(demand, reference);
    int position = 1;
    boolean isBehind = true;
    for (Demand other : view.queue()) {
      if (Round.isSame(other, demand)) {
        isBehind = false;
      } else {
        long otherValue = view.objective().value(other, reference);
        position += otherValue > value || (otherValue == value && isBehind) ? 1 : 0;
      }
    }
    return position;
  }
}
