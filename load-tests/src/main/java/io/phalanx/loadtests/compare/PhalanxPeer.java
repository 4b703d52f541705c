package io.phalanx.loadtests.compare;

import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.SolveLimits;
import java.time.Duration;
import java.util.function.Supplier;

/** The service's own engine. */
final class PhalanxPeer implements Peer {
  private static final int ROUND_EXCHANGE_STEPS = 100;
  private static final int ROUND_SEARCH_STEPS = 2_000;

  /** The name of the engine as the service runs it. */
  static final String ROUND = "phalanx";

  /** The name of the engine with more time. */
  static final String LONG = "phalanx, long";

  private final PlacementEngine engine = new PlacementEngine();
  private final String name;
  private final String configuration;
  private final SolveLimits limits;

  private PhalanxPeer(String name, String configuration, SolveLimits limits) {
    this.name = name;
    this.configuration = configuration;
    this.limits = limits;
  }

  /** As the service plans a round. */
  static PhalanxPeer round() {
    return new PhalanxPeer(
        ROUND,
        "The engine as a round of the service runs it: at most "
            + ROUND_EXCHANGE_STEPS
            + " gang exchanges and "
            + ROUND_SEARCH_STEPS
            + " search steps, one thread. All is included: arrays built from the records, kernel,"
            + " search, bounds.",
        new SolveLimits(1, Duration.ofSeconds(30), ROUND_EXCHANGE_STEPS, ROUND_SEARCH_STEPS));
  }

  /** With the limits of the offline planner. */
  static PhalanxPeer longer() {
    return new PhalanxPeer(
        LONG,
        "The same engine with the steps of the offline planner, at most 2,000 gang exchanges and"
            + " 20,000 search steps, for one second at most, at XL five.",
        SolveLimits.of(1, Duration.ofSeconds(1)));
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
    PlacementPlan plan = engine.solve(grid.problem, limits(grid));
    return () -> grid.of(plan);
  }

  private SolveLimits limits(Grid grid) {
    return name.equals(LONG) && grid.miners >= 100_000
        ? SolveLimits.of(1, Duration.ofSeconds(5))
        : limits;
  }
}
