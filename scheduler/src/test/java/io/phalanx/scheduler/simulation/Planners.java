package io.phalanx.scheduler.simulation;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.ClearingPrices;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.SolveLimits;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.round.PlacementFacts;
import io.phalanx.scheduler.round.PlannedLine;
import io.phalanx.scheduler.round.RoundPlan;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.world.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Plans of every quality: the real engine's, a careless one's, and nonsense. */
final class Planners {

  private static final PlacementEngine ENGINE = new PlacementEngine();

  private final Chance chance;

  Planners(Chance chance) {
    this.chance = chance;
  }

  /** The real engine's plan for what the replica shows. */
  static RoundPlan real(State seen, long nowMs, long seed) {
    PlacementFacts facts = new PlacementFacts(seen, nowMs);
    PlacementProblem problem =
        new PlacementProblem(
            facts.candidates(), facts.demands(), facts.market(), Objective.DEFAULT);
    PlacementPlan plan =
        ENGINE.solve(problem, new SolveLimits(seed, Duration.ofSeconds(10), 50, 50));
    List<PlannedLine> lines =
        ClearingPrices.of(problem, plan).stream()
            .map(
                line ->
                    new PlannedLine(
                        new DeploymentId(line.line().deploymentId()),
                        new MinerId(line.line().minerId()),
                        GasPrice.of(line.gasPrice())))
            .toList();
    return new RoundPlan(Samples.round(seen.position()), lines);
  }

  /** Pairs that are eligible one by one; whether they fit together is left to the writer. */
  RoundPlan careless(State seen, long nowMs) {
    PlacementFacts facts = new PlacementFacts(seen, nowMs);
    List<Candidate> candidates = new ArrayList<>(facts.candidates());
    Collections.shuffle(candidates, new Random(chance.between(0, Long.MAX_VALUE - 1)));
    List<PlannedLine> lines = new ArrayList<>();
    for (Demand demand : facts.demands()) {
      for (Candidate candidate : candidates) {
        if (Eligibility.accepts(demand, candidate)) {
          long price = chance.between(candidate.ask(), demand.maxGasPrice());
          lines.add(line(demand.deploymentId(), candidate.minerId(), price));
        }
      }
      if (!chance.oneIn(3)) {
        lines.stream()
            .map(l -> l.minerId().text())
            .forEach(taken -> candidates.removeIf(c -> c.minerId().equals(taken)));
      }
    }
    if (chance.oneIn(4)) {
      Collections.shuffle(lines, new Random(chance.between(0, Long.MAX_VALUE - 1)));
    }
    return new RoundPlan(Samples.round(seen.position()), lines);
  }

  /** Anything on anything at any price. */
  RoundPlan nonsense(State seen) {
    List<MinerId> miners = new ArrayList<>(seen.miners().inOrder().values());
    miners.add(Samples.minerId("nobody"));
    List<DeploymentId> deployments = new ArrayList<>(seen.deployments().inOrder().values());
    deployments.add(DeploymentId.at(1));
    List<PlannedLine> lines = new ArrayList<>();
    for (int i = chance.below(12); i > 0; i--) {
      lines.add(
          line(chance.of(deployments).text(), chance.of(miners).text(), chance.between(0, 2100)));
    }
    return new RoundPlan(Samples.round(seen.position()), lines);
  }

  private static PlannedLine line(String deployment, String miner, long gasPrice) {
    return new PlannedLine(new DeploymentId(deployment), new MinerId(miner), GasPrice.of(gasPrice));
  }
}
