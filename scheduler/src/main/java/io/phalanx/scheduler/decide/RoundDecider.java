package io.phalanx.scheduler.decide;

import io.phalanx.placement.Constraint;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.Placement;
import io.phalanx.scheduler.deployment.Slot;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.round.DropReason;
import io.phalanx.scheduler.round.DroppedLine;
import io.phalanx.scheduler.round.PlacementFacts;
import io.phalanx.scheduler.round.PlannedLine;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks a plan against the state of this moment, line by line; what fits commits by deployment.
 */
final class RoundDecider {

  private final State state;

  RoundDecider(State state) {
    this.state = state;
  }

  /**
   * What became of a plan's lines.
   *
   * @param offers what is committed
   * @param dropped what is not, and why
   */
  record Checked(List<PlannedOffer> offers, List<DroppedLine> dropped) {}

  /** A slot that will be offered, before its position is known. */
  record PlannedOffer(PlannedLine line, Placement placement, @Nullable AssignmentId replaces) {}

  /** Checks all lines; the state must not change until the offers are made. */
  Checked check(List<PlannedLine> lines, long atMs) {
    Checked checked = new Checked(new ArrayList<>(), new ArrayList<>());
    Set<MinerId> taken = new TreeSet<>();
    Map<DeploymentId, List<PlannedLine>> byDeployment = new LinkedHashMap<>();
    for (PlannedLine line : lines) {
      byDeployment.computeIfAbsent(line.deploymentId(), id -> new ArrayList<>()).add(line);
    }
    byDeployment.values().forEach(own -> checkDeployment(own, taken, checked, atMs));
    return checked;
  }

  private void checkDeployment(
      List<PlannedLine> lines, Set<MinerId> taken, Checked checked, long atMs) {
    Optional<Deployment> found = state.deployments().find(lines.get(0).deploymentId());
    if (found.isEmpty() || found.get().isEnded()) {
      lines.forEach(line -> drop(line, DropReason.DEPLOYMENT_ENDED, checked));
      return;
    }
    Deployment deployment = found.get();
    if (deployment.lacking() == 0) {
      lines.forEach(line -> drop(line, DropReason.SLOT_TAKEN, checked));
      return;
    }
    Session session = new Session(deployment, new PlacementFacts(state, atMs), taken, atMs);
    List<PlannedOffer> offers = new ArrayList<>();
    for (PlannedLine line : lines) {
      Optional<DropReason> reason = session.check(line);
      if (reason.isPresent()) {
        drop(line, reason.get(), checked);
      } else {
        offers.add(session.take(line));
      }
    }
    if (offers.size() < Math.min(deployment.lacking(), deployment.required())) {
      offers.forEach(offer -> drop(offer.line(), DropReason.MIN_REPLICAS, checked));
    } else {
      offers.forEach(offer -> taken.add(offer.placement().minerId()));
      checked.offers().addAll(offers);
    }
  }

  private static void drop(PlannedLine line, DropReason reason, Checked checked) {
    checked.dropped().add(new DroppedLine(line.deploymentId(), line.minerId(), reason));
  }

  /** The events that make the offers, the first of them at that position. */
  List<Event> offers(Checked checked, long firstPosition, long atMs) {
    long acknowledgeByMs = atMs + state.policy().assignments().acknowledgement().toMillis();
    List<Event> events = new ArrayList<>(checked.offers().size());
    for (PlannedOffer offer : checked.offers()) {
      events.add(
          new AssignmentOffered(
              AssignmentId.at(firstPosition + events.size()),
              offer.line().deploymentId(),
              offer.placement(),
              acknowledgeByMs,
              offer.replaces()));
    }
    return events;
  }

  /** The check of one deployment's lines, each seeing those before it. */
  private final class Session {

    private final Deployment deployment;
    private final PlacementFacts facts;
    private final Demand demand;
    private final Set<MinerId> takenBefore;
    private final Set<MinerId> taken = new TreeSet<>();
    private final Map<String, Integer> byOperator = new HashMap<>();
    private final List<Integer> slots = new ArrayList<>();
    private final long atMs;

    Session(Deployment deployment, PlacementFacts facts, Set<MinerId> takenBefore, long atMs) {
      this.deployment = deployment;
      this.facts = facts;
      this.demand = facts.demand(deployment);
      this.takenBefore = takenBefore;
      this.atMs = atMs;
      List<Integer> moving = new ArrayList<>();
      for (int replica = 0; replica < deployment.slots().size(); replica++) {
        Slot slot = deployment.slots().get(replica);
        if (slot.isLacking()) {
          (slot.isHeld() ? moving : slots).add(replica);
        }
      }
      slots.addAll(moving); // what nobody runs comes first
    }

    Optional<DropReason> check(PlannedLine line) {
      Optional<Miner> found = state.miners().find(line.minerId());
      if (taken.size() >= slots.size()) {
        return Optional.of(DropReason.SLOT_TAKEN);
      }
      if (found.isEmpty()
          || !found.get().isPlaceableAt(atMs)
          || takenBefore.contains(line.minerId())
          || taken.contains(line.minerId())) {
        return Optional.of(DropReason.MINER_NOT_PLACEABLE);
      }
      DeploymentId holder = found.get().standing().reservedFor();
      if (holder != null && !holder.equals(deployment.id())) {
        return Optional.of(DropReason.RESERVED);
      }
      return checkPair(found.get(), line.gasPrice());
    }

    private Optional<DropReason> checkPair(Miner miner, GasPrice price) {
      Set<Constraint> failed = Eligibility.failed(demand, facts.candidate(miner));
      if (!failed.isEmpty()) {
        boolean capOnly = failed.equals(Set.of(Constraint.MAX_PER_OPERATOR));
        return Optional.of(capOnly ? DropReason.MAX_PER_OPERATOR : DropReason.NOT_ELIGIBLE);
      }
      int room = demand.roomOn(miner.operator()) - byOperator.getOrDefault(miner.operator(), 0);
      if (room <= 0) {
        return Optional.of(DropReason.MAX_PER_OPERATOR);
      }
      Amount held = deployment.funds().held();
      boolean fair =
          !held.isZero() // an empty hold never binds a miner, not even one that asks for nothing
              && price.compareTo(miner.gasPrice()) >= 0
              && price.compareTo(deployment.spec().maxGasPrice()) <= 0
              && price.isCoveredBy(held);
      return fair ? Optional.empty() : Optional.of(DropReason.PRICE);
    }

    PlannedOffer take(PlannedLine line) {
      Miner miner = state.miners().known(line.minerId());
      int replica = slots.get(taken.size());
      taken.add(miner.id());
      byOperator.merge(miner.operator(), 1, Integer::sum);
      return new PlannedOffer(
          line,
          new Placement(
              replica,
              miner.id(),
              miner.evidence().tier(),
              miner.performance(),
              miner.operator(),
              miner.region(),
              line.gasPrice()),
          deployment.slots().get(replica).leaving());
    }
  }
}
