package io.phalanx.loadtests.compare;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Market;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.SolveLimits;
import io.phalanx.placement.kernel.FleetIndex;
import io.phalanx.placement.kernel.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The service's own engine. */
final class PhalanxPeer implements Peer {
  private static final int ROUND_EXCHANGE_STEPS = 100;
  private static final int ROUND_SEARCH_STEPS = 2_000;

  private static final SolveLimits AS_A_ROUND =
      new SolveLimits(1, Duration.ofSeconds(30), ROUND_EXCHANGE_STEPS, ROUND_SEARCH_STEPS);

  /** The name of the engine as the service runs it. */
  static final String ROUND = "phalanx";

  /** The name of the engine that meets the problem for the first time. */
  static final String FRESH = "phalanx, fresh";

  /** The name of the engine with more time. */
  static final String LONG = "phalanx, long";

  private final PlacementEngine engine = new PlacementEngine();
  private final String name;
  private final String configuration;
  private Kept kept = Kept.NOTHING;

  private PhalanxPeer(String name, String configuration) {
    this.name = name;
    this.configuration = configuration;
  }

  /** As the service plans a round. */
  static PhalanxPeer round() {
    return new PhalanxPeer(
        ROUND,
        "The engine as a round of the service runs it: at most "
            + ROUND_EXCHANGE_STEPS
            + " gang exchanges and "
            + ROUND_SEARCH_STEPS
            + " search steps, one thread, on the index of the fleet that is kept from round to round."
            + " As many miners as there are replicas (a tenth of the fleet at most) leave it and come"
            + " back before each round. All is included: that, the demand's arrays, kernel, search,"
            + " bounds.");
  }

  /** On a fleet that it has never seen. */
  static PhalanxPeer fresh() {
    return new PhalanxPeer(
        FRESH,
        "The same on a fleet that it has never seen, as after a start: the index is built from the"
            + " records each time.");
  }

  /** With the limits of the offline planner. */
  static PhalanxPeer longer() {
    return new PhalanxPeer(
        LONG,
        "The same engine on a new fleet with the steps of the offline planner, at most 2,000 gang"
            + " exchanges and 20,000 search steps, for one second at most, at XL five.");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String configuration() {
    return configuration;
  }

  @Override
  public boolean takes(Size size, boolean all) {
    return true;
  }

  @Override
  public Supplier<int[]> place(Grid grid) {
    PlacementPlan plan =
        switch (name) {
          case ROUND -> keptOf(grid).solve(engine);
          case FRESH -> engine.solve(grid.problem, AS_A_ROUND);
          default ->
              engine.solve(
                  grid.problem,
                  SolveLimits.of(1, Duration.ofSeconds(grid.miners >= 100_000 ? 5 : 1)));
        };
    return () -> grid.of(plan);
  }

  @SuppressWarnings("ReferenceEquality") // comparing what is in them would be measured
  private Kept keptOf(Grid grid) {
    if (kept.problem != grid.problem) {
      kept = new Kept(grid.problem);
    }
    return kept;
  }

  /** The index of one fleet, and who leaves and comes back next. */
  private static final class Kept {
    private static final Kept NOTHING =
        new Kept(
            new PlacementProblem(
                List.of(), List.of(), new Market(1, 0, 0, Map.of()), Objective.DEFAULT));

    private final PlacementProblem problem;
    private final FleetIndex index;
    private final Instance.Question question;
    private final int changes;
    private int next;

    Kept(PlacementProblem problem) {
      this.problem = problem;
      index = FleetIndex.of(problem.candidates());
      question = new Instance.Question(problem.demands(), problem.market(), problem.objective());
      changes = Math.min(problem.slots(), problem.candidates().size() / 10);
    }

    PlacementPlan solve(PlacementEngine engine) {
      List<Candidate> fleet = problem.candidates();
      for (int i = 0; i < changes; i++) {
        Candidate miner = fleet.get(next);
        index.remove(miner.minerId());
        index.put(next, miner, -miner.idleSeconds() * 1_000);
        next = (next + 1) % fleet.size();
      }
      return engine.solve(index, question, 0, AS_A_ROUND);
    }
  }
}
