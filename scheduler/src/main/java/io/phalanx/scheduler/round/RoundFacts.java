package io.phalanx.scheduler.round;

import io.phalanx.placement.Demand;
import io.phalanx.placement.Market;
import io.phalanx.placement.kernel.FleetIndex;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.AssignmentState;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.state.Change;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What rounds are planned on, kept from one to the next and updated from committed changes: a round
 * reads nothing of the state itself, and pays for what has changed since the last. It says what
 * {@link PlacementFacts} say of the state at the same position.
 */
public final class RoundFacts {

  private final Map<MinerId, Miner> miners = new HashMap<>();
  private final Map<AssignmentId, Placement> live = new HashMap<>();
  private final MinerCounts counts = new MinerCounts();
  private final FleetIndex fleet = new FleetIndex();
  private final WaitingList waiting = new WaitingList(this::placement);
  private final Map<MinerId, Miner> changedMiners = new LinkedHashMap<>();
  private final Map<DeploymentId, Deployment> changedDeployments = new LinkedHashMap<>();

  /** Placeable miners whose evidence expires, by when. */
  private final TreeSet<Expiry> expiries = new TreeSet<>();

  private long fleetVersion;

  private record Expiry(long atMs, MinerId id) implements Comparable<Expiry> {
    @Override
    public int compareTo(Expiry other) {
      int byTime = Long.compare(atMs, other.atMs);
      return byTime != 0 ? byTime : id.compareTo(other.id);
    }
  }

  /** The facts of a state. */
  public RoundFacts(RoundStart start) {
    start.miners().forEach(miner -> changedMiners.put(miner.id(), miner));
    start.assignments().forEach(this::take);
    start.quotes().forEach(waiting::put);
    start.lacking().forEach(deployment -> changedDeployments.put(deployment.id(), deployment));
  }

  /** Takes in a committed change; in the order in which they were committed. */
  public void take(Change change) {
    if (change instanceof Change.MinerChange changed) {
      changedMiners.put(changed.miner().id(), changed.miner());
    } else if (change instanceof Change.DeploymentChange changed) {
      changedDeployments.put(changed.deployment().id(), changed.deployment());
    } else if (change instanceof Change.QuoteChange changed) {
      waiting.put(changed.quote());
    } else if (change instanceof Change.AssignmentChange changed) {
      take(changed.assignment());
    }
  }

  private void take(Assignment assignment) {
    if (assignment.state() == AssignmentState.ENDED) {
      live.remove(assignment.id());
    } else {
      live.put(assignment.id(), assignment.placement());
    }
  }

  private Placement placement(AssignmentId id) {
    Placement placement = live.get(id);
    if (placement == null) {
      throw new CorruptStateException("a slot has " + id + ", which does not live");
    }
    return placement;
  }

  /** Brings everything up to that time. To be called before the questions below. */
  public void settle(long atMs) {
    changedMiners.values().forEach(miner -> settle(miner, atMs));
    changedMiners.clear();
    while (!expiries.isEmpty() && expiries.first().atMs() <= atMs) {
      Expiry expired = expiries.first();
      expiries.remove(expired);
      fleet.remove(expired.id().text());
      fleetVersion++;
    }
    changedDeployments.values().forEach(deployment -> waiting.put(deployment, atMs));
    changedDeployments.clear();
    waiting.settle(atMs);
  }

  private void settle(Miner miner, long atMs) {
    Miner before = miners.put(miner.id(), miner);
    boolean was = false;
    if (before != null) {
      counts.remove(before);
      was = fleet.has(before.id().text());
      Long expiresAtMs = before.evidence().expiresAtMs();
      if (expiresAtMs != null) {
        expiries.remove(new Expiry(expiresAtMs, before.id()));
      }
    }
    counts.add(miner);
    if (miner.isPlaceableAt(atMs)) {
      fleet.put(
          miner.registeredPosition(),
          PlacementFacts.reserved(miner, 0),
          miner.standing().sinceMs());
      Long expiresAtMs = miner.evidence().expiresAtMs();
      if (expiresAtMs != null) {
        expiries.add(new Expiry(expiresAtMs, miner.id()));
      }
      fleetVersion++;
    } else if (was) {
      fleet.remove(miner.id().text());
      fleetVersion++;
    }
  }

  /** Whether something waits while somebody is Idle, or a quote waits to be decided. */
  public boolean hasWork() {
    return (fleet.size() > 0 && waiting.size() > 0) || hasQuotes();
  }

  /** Whether a quote is to be decided by the next round, be it that it gets nothing. */
  public boolean hasQuotes() {
    return waiting.hasQuotes();
  }

  /**
   * Changes with everything that decides a plan but the passing of time, which changes no order.
   */
  public long version() {
    return fleetVersion + waiting.version();
  }

  /** Every miner that may get a contract now, in the order of registration. */
  public FleetIndex fleet() {
    return fleet;
  }

  /** Every deployment that lacks miners, and every quote, in the order of creation. */
  public List<Demand> demands(long atMs) {
    return waiting.demands(atMs);
  }

  /** What prices and concentration are measured against. */
  public Market market(long referencePrice) {
    return new Market(
        PlacementFacts.referencePrice(referencePrice),
        counts.operators(),
        counts.active(),
        counts.activeByOperator());
  }
}
