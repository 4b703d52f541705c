package io.phalanx.loadtests.waiting;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Market;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.Preference;
import io.phalanx.placement.SolveLimits;
import io.phalanx.placement.TierSet;
import io.phalanx.placement.explain.NetworkView;
import io.phalanx.placement.explain.RegisteredMiner;
import io.phalanx.placement.explain.WaitEstimate;
import io.phalanx.placement.explain.WaitObservations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A network in simulated time, placed by the engine of the service. Whatever begins to wait is told
 * how long it may, and then how long it did is seen.
 */
public final class WaitRun {
  private static final long MEAN_RUN_MS = Duration.ofMinutes(20).toMillis();
  private static final long WARM_UP_MS = Duration.ofHours(2).toMillis();
  private static final SolveLimits LIMITS = new SolveLimits(1, Duration.ofSeconds(5), 20, 20);
  private static final Market MARKET = new Market(1000, 20, 0, Map.of());

  private final PlacementEngine engine = new PlacementEngine();
  private final WaitObservations observations = new WaitObservations(0);
  private final Map<String, Candidate> idle = new LinkedHashMap<>();
  private final List<Candidate> fleet = new ArrayList<>();
  private final Map<String, Waiting> queue = new LinkedHashMap<>();
  private final PriorityQueue<Ending> running = new PriorityQueue<>();
  private final Scene scene;
  private final SplittableRandom random;
  private long nowMs;
  private int arrived;
  private int asked;
  private int unknown;
  private int withinP50;
  private int withinP90;
  private long waitedMs;

  private record Ending(long atMs, Candidate miner) implements Comparable<Ending> {
    @Override
    public int compareTo(Ending other) {
      int byTime = Long.compare(atMs, other.atMs);
      return byTime != 0 ? byTime : miner.minerId().compareTo(other.miner.minerId());
    }
  }

  private record Waiting(
      Demand demand, long sinceMs, Optional<WaitEstimate> told, boolean counts) {}

  /** A run of that scene by a seed. */
  public WaitRun(Scene scene, long seed) {
    this.scene = scene;
    this.random = new SplittableRandom(seed);
    for (int m = 0; m < scene.miners(); m++) {
      int tier = m % 5 == 0 ? 1 + m % 2 : 3 + m % 3;
      Candidate miner =
          new Candidate("m" + m, tier, 500 + 100 * (m % 11), "op-" + m % 20, "eu", 100, 0);
      fleet.add(miner);
      idle.put(miner.minerId(), miner);
    }
  }

  /** Plays until so many requests that had to wait are placed. */
  public Calibration play(int requests) {
    double slots = 1 + 2 * scene.gangPercent() / 100.0;
    double meanGapMs = MEAN_RUN_MS * slots * 100 / scene.miners() / scene.loadPercent();
    long nextMs = 0;
    while (asked < requests || queue.values().stream().anyMatch(Waiting::counts)) {
      boolean isEnd = !running.isEmpty() && running.element().atMs() <= nextMs;
      nowMs = isEnd ? running.element().atMs() : nextMs;
      if (isEnd) {
        Candidate miner = running.remove().miner();
        idle.put(miner.minerId(), miner);
        observations.freed(miner.minerId(), nowMs);
        round();
      } else {
        arrive(asked < requests && nowMs > WARM_UP_MS);
        nextMs = nowMs + exponential(meanGapMs);
      }
    }
    return new Calibration(
        asked, unknown, withinP50, withinP90, waitedMs / Math.max(1, asked - unknown));
  }

  private long exponential(double mean) {
    return Math.max(1, (long) (-mean * Math.log(1 - random.nextDouble())));
  }

  private void arrive(boolean counts) {
    String id = "d" + arrived++;
    boolean choosy = random.nextInt(100) < scene.choosyPercent();
    int replicas = random.nextInt(100) < scene.gangPercent() ? 3 : 1;
    Demand demand =
        new Demand(
            id,
            choosy ? TierSet.of(1, 2) : TierSet.of(1, 2, 3, 4, 5),
            random.nextInt(4) == 0 ? 1000 : 0,
            500 + 100L * random.nextInt(scene.bids()),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Preference.BALANCED,
            replicas,
            replicas,
            0,
            Map.of(),
            0);
    observations.arrived(demand, nowMs);
    queue.put(id, new Waiting(demand, nowMs, Optional.empty(), false));
    round();
    if (queue.containsKey(id) && counts) {
      tell(id, demand);
    }
  }

  private void tell(String id, Demand demand) {
    asked++;
    NetworkView network = new NetworkView(registered(), demands(), MARKET, Objective.DEFAULT);
    Optional<WaitEstimate> told = observations.estimate(demand, network, 0, nowMs);
    unknown += told.isEmpty() ? 1 : 0;
    queue.put(id, new Waiting(demand, nowMs, told, true));
  }

  private List<RegisteredMiner> registered() {
    return fleet.stream()
        .map(
            miner ->
                new RegisteredMiner(
                    miner,
                    idle.containsKey(miner.minerId())
                        ? Set.of()
                        : Set.of(io.phalanx.placement.Constraint.BUSY)))
        .toList();
  }

  private List<Demand> demands() {
    return queue.values().stream()
        .map(one -> one.demand().waited((nowMs - one.sinceMs()) / 1000))
        .toList();
  }

  private void round() {
    if (idle.isEmpty() || queue.isEmpty()) {
      return;
    }
    PlacementProblem problem =
        new PlacementProblem(List.copyOf(idle.values()), demands(), MARKET, Objective.DEFAULT);
    Map<String, Integer> placed = new HashMap<>();
    engine
        .solve(problem, LIMITS)
        .lines()
        .forEach(
            line -> {
              Candidate miner = idle.remove(line.minerId());
              if (miner == null) {
                throw new IllegalStateException("placed twice: " + line);
              }
              running.add(new Ending(nowMs + exponential((double) MEAN_RUN_MS), miner));
              placed.merge(line.deploymentId(), 1, Integer::sum);
            });
    placed.keySet().forEach(this::served);
  }

  private void served(String id) {
    Waiting waiting = queue.remove(id);
    if (waiting != null && waiting.counts() && waiting.told().isPresent()) {
      long took = nowMs - waiting.sinceMs();
      waitedMs += took;
      withinP50 += took <= waiting.told().get().p50Ms() ? 1 : 0;
      withinP90 += took <= waiting.told().get().p90Ms() ? 1 : 0;
    }
  }
}
