package io.phalanx.scheduler.round;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Market;
import io.phalanx.placement.TierSet;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.deployment.Slot;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.quote.Quote;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.GasPrice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Function;

/**
 * The state in the words of the placement model: the one translation for rounds, checks and
 * explanations.
 */
public final class PlacementFacts {

  private final State state;
  private final long atMs;

  /** The facts of that state at that time. */
  public PlacementFacts(State state, long atMs) {
    this.state = state;
    this.atMs = atMs;
  }

  /** Every miner that may get a contract now, in the order of registration. */
  public List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>(state.miners().idle().size());
    for (MinerId id : state.miners().idle().values()) {
      Miner miner = state.miners().known(id);
      if (miner.isPlaceableAt(atMs)) {
        candidates.add(reserved(miner));
      }
    }
    return candidates;
  }

  /** The miner as a round sees it: held for whom it is held. */
  public Candidate reserved(Miner miner) {
    return reserved(miner, idleSeconds(miner));
  }

  static Candidate reserved(Miner miner, long idleSeconds) {
    DeploymentId holder = miner.standing().reservedFor();
    Candidate candidate = candidate(miner, idleSeconds);
    return holder == null ? candidate : candidate.reservedFor(holder.text());
  }

  /** The miner as the model sees it at that time, held for whom it is held. */
  public static Candidate reservedAt(Miner miner, long atMs) {
    return reserved(miner, idleSeconds(miner, atMs));
  }

  /** The miner as the model sees it, whoever it is held for. */
  public Candidate candidate(Miner miner) {
    return candidate(miner, idleSeconds(miner));
  }

  private long idleSeconds(Miner miner) {
    return idleSeconds(miner, atMs);
  }

  private static long idleSeconds(Miner miner, long atMs) {
    boolean idle = miner.state() == MinerState.IDLE;
    return idle ? Math.max(0, atMs - miner.standing().sinceMs()) / 1000 : 0;
  }

  private static Candidate candidate(Miner miner, long idleSeconds) {
    return new Candidate(
        miner.id().text(),
        miner.evidence().tier(),
        miner.performance(),
        miner.operator(),
        miner.region(),
        miner.gasPrice().clamped(),
        idleSeconds);
  }

  /** Every deployment that lacks miners, and every quote, in the order of creation. */
  public List<Demand> demands() {
    NavigableMap<Long, DeploymentId> lacking = state.deployments().lacking();
    List<Demand> demands = new ArrayList<>(lacking.size());
    long from = 0;
    for (Quote quote : state.quotes().competing()) {
      add(lacking.subMap(from, quote.requestedPosition()).values(), demands);
      demands.add(QuoteFacts.demand(quote, atMs));
      from = quote.requestedPosition();
    }
    add(lacking.tailMap(from).values(), demands);
    return demands;
  }

  private void add(Collection<DeploymentId> lacking, List<Demand> demands) {
    for (DeploymentId id : lacking) {
      demands.add(demand(state.deployments().known(id)));
    }
  }

  /** What the deployment lacks; it lacks something. */
  public Demand demand(Deployment deployment) {
    return demand(deployment, id -> state.assignments().known(id).placement(), atMs);
  }

  /** What a deployment asks for that nobody serves yet, just after it was created. */
  public static Demand wish(Deployment created) {
    return demand(
        created,
        id -> {
          throw new IllegalArgumentException(created.id() + " has an assignment");
        },
        created.createdAtMs());
  }

  static Demand demand(
      Deployment deployment, Function<AssignmentId, Placement> placements, long atMs) {
    int lacking = deployment.lacking();
    int required = Math.min(lacking, deployment.required());
    DeploymentSpec spec = deployment.spec();
    Map<String, Integer> liveByOperator = new HashMap<>();
    Set<String> excluded = new HashSet<>();
    for (Slot slot : deployment.slots()) {
      AssignmentId leaving = slot.leaving();
      if (leaving != null) { // it counts for no cap, and never comes back to where it leaves
        excluded.add(placements.apply(leaving).minerId().text());
      }
      AssignmentId live = slot.assignmentId();
      if (live != null) {
        Placement placement = placements.apply(live);
        liveByOperator.merge(placement.operator(), 1, Integer::sum);
        excluded.add(placement.minerId().text());
      }
    }
    deployment
        .exclusions()
        .forEach(
            (miner, untilMs) -> {
              if (untilMs > atMs) {
                excluded.add(miner.text());
              }
            });
    return new Demand(
        deployment.id().text(),
        new TierSet(spec.tiers().mask()),
        spec.minPerformance(),
        affordable(deployment).clamped(),
        Set.copyOf(spec.regions()),
        Set.copyOf(spec.allowOperators()),
        Set.copyOf(spec.denyOperators()),
        excluded,
        spec.preference(),
        lacking,
        required,
        spec.maxPerOperator(),
        liveByOperator,
        Math.max(0, atMs - deployment.waitingSinceMs()) / 1000);
  }

  /** The bid, and never more than one unit of gas that what is held can buy. */
  private static GasPrice affordable(Deployment deployment) {
    GasPrice held = new GasPrice(deployment.funds().held().pico());
    GasPrice bid = deployment.spec().maxGasPrice();
    return held.compareTo(bid) < 0 ? held : bid;
  }

  /** What prices and concentration are measured against. */
  public Market market() {
    return new Market(
        referencePrice(state.market().referencePrice()),
        state.miners().operators(),
        state.miners().active(),
        state.miners().activeByOperator());
  }

  /** Within what the model takes. */
  static long referencePrice(long referencePrice) {
    return Math.max(1, Math.min(referencePrice, Market.MAX_REFERENCE_PRICE));
  }
}
