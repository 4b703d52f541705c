package io.phalanx.scheduler.decide;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Objective;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringBegan;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringEnded;
import io.phalanx.scheduler.event.DeploymentEvent.MinersReserved;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.policy.GatheringRules;
import io.phalanx.scheduler.round.PlacementFacts;
import io.phalanx.scheduler.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who gathers, and which Idle miner is held for whom: highest value first. Reads only; what it
 * remembers besides spares it work and decides nothing that a replay would need.
 */
final class GatheringDecider {

  private static final long BETWEEN_LOOKS_MS = Duration.ofSeconds(10).toMillis();

  /** Looking through all miners whether a deployment could be placed at all is done so often. */
  private static final int CHECKS_PER_LOOK = 4;

  private final State state;

  /** Deployments that the registered fleet cannot serve, and when that is looked at again. */
  private final Map<DeploymentId, Long> hopelessUntilMs = new HashMap<>();

  private final Rivals rivals;
  private Known known = new Known(-1, List.of());
  private long lastLookMs = Long.MIN_VALUE / 2;

  /** A deployment with what it lacks and what that is worth. */
  private record Gang(Deployment deployment, Demand demand, long value) {}

  /** Those that gathered at that count of changes. */
  private record Known(long changes, List<Gang> gangs) {}

  private static final Comparator<Gang> HIGHEST_VALUE_FIRST =
      Comparator.comparingLong(Gang::value)
          .reversed()
          .thenComparingLong(gang -> gang.deployment().createdPosition());

  GatheringDecider(State state) {
    this.state = state;
    this.rivals = new Rivals(state);
  }

  /** Holds miners that have just fallen Idle for who gathers; looks after the rest now and then. */
  void follow(boolean isTick, Set<MinerId> freshlyIdle, long atMs, Consumer<Event> emit) {
    if (isTick && isDue(atMs)) {
      over(atMs).forEach(emit);
      Optional<GatheringBegan> next = next(atMs);
      while (next.isPresent()) {
        emit.accept(next.get());
        next = next(atMs);
      }
      if (state.gatherings().isAnyGathering()) {
        review(atMs).forEach(emit);
      }
    } else if (!freshlyIdle.isEmpty() && state.gatherings().isAnyGathering()) {
      reserve(freshlyIdle, atMs).forEach(emit);
    }
  }

  /** Whether it is time to look at who should gather. */
  private boolean isDue(long atMs) {
    return Math.abs(atMs - lastLookMs) >= BETWEEN_LOOKS_MS;
  }

  /** Gatherings that have lost their reason. */
  private List<GatheringEnded> over(long atMs) {
    lastLookMs = atMs;
    long restsUntilMs = atMs + rules().rest().toMillis();
    return state.gatherings().active().stream()
        .filter(id -> !needsSeveral(state.deployments().known(id)))
        .map(id -> new GatheringEnded(id, restsUntilMs))
        .toList();
  }

  /** The next deployment that should gather, if one should; it is asked again until none does. */
  private Optional<GatheringBegan> next(long atMs) {
    long spare = limit();
    for (DeploymentId id : state.gatherings().active()) {
      spare -= state.deployments().known(id).required();
    }
    if (spare <= 0) {
      return Optional.empty();
    }
    hopelessUntilMs.values().removeIf(until -> until <= atMs);
    int checks = 0;
    for (Gang gang : waiting(atMs)) {
      if (checks++ == CHECKS_PER_LOOK) {
        return Optional.empty();
      }
      DeploymentId id = gang.deployment().id();
      if (isPlaceable(gang.demand(), atMs)) {
        return Optional.of(new GatheringBegan(id, atMs + rules().hold().toMillis()));
      }
      hopelessUntilMs.put(id, atMs + rules().rest().toMillis());
    }
    return Optional.empty();
  }

  /** Those that have waited long enough for several miners and neither gather nor rest. */
  private List<Gang> waiting(long atMs) {
    PlacementFacts facts = new PlacementFacts(state, atMs);
    List<Gang> waiting = new ArrayList<>();
    for (DeploymentId id : state.deployments().lacking().values()) {
      Deployment deployment = state.deployments().known(id);
      if (needsSeveral(deployment)
          && atMs - deployment.waitingSinceMs() >= rules().after().toMillis()
          && !hopelessUntilMs.containsKey(id)
          && state.gatherings().find(id).map(one -> one.mayBeginAt(atMs)).orElse(true)) {
        waiting.add(gang(deployment, facts));
      }
    }
    waiting.sort(HIGHEST_VALUE_FIRST);
    return waiting;
  }

  private static boolean needsSeveral(Deployment deployment) {
    return deployment.spec().minReplicas() > 1
        && !deployment.isEnded()
        && !deployment.progress().everPlaced()
        && Math.min(deployment.lacking(), deployment.required()) > 1;
  }

  /**
   * Whether the registered miners that are there, were they all free, could serve it. Holding some
   * for one that not even all of them could serve would only keep them from others.
   */
  private boolean isPlaceable(Demand demand, long atMs) {
    PlacementFacts facts = new PlacementFacts(state, atMs);
    Map<String, Integer> onOperator = new HashMap<>();
    int found = 0;
    for (MinerId id : state.miners().inOrder().values()) {
      Miner miner = state.miners().known(id);
      if (isThere(miner, atMs)
          && Eligibility.accepts(demand, facts.candidate(miner))
          && onOperator.merge(miner.operator(), 1, Integer::sum) <= demand.roomOn(miner.operator())
          && ++found == demand.required()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isThere(Miner miner, long atMs) {
    return miner.state().takesPart()
        && miner.standing().responsive()
        && miner.cordon() == null
        && miner.evidence().isValidAt(atMs);
  }

  private Gang gang(Deployment deployment, PlacementFacts facts) {
    Demand demand = facts.demand(deployment);
    return new Gang(
        deployment, demand, Objective.DEFAULT.value(demand, facts.market().referencePrice()));
  }

  private GatheringRules rules() {
    return state.policy().gathering();
  }

  /** How many miners may be held in all. */
  private long limit() {
    return (long) state.miners().notStopped() * rules().percent() / 100;
  }

  /** Who of those that are held does not suit any more, and who of all Idle miners is held now. */
  private List<MinersReserved> review(long atMs) {
    rivals.look(atMs);
    return reserve(state.miners().idle().values(), true, atMs);
  }

  /** Who of those that have just fallen Idle is held, and for whom. */
  private List<MinersReserved> reserve(Collection<MinerId> idle, long atMs) {
    return reserve(idle, false, atMs);
  }

  private List<MinersReserved> reserve(Collection<MinerId> idle, boolean review, long atMs) {
    PlacementFacts facts = new PlacementFacts(state, atMs);
    List<Candidate> free = new ArrayList<>();
    for (MinerId id : idle) {
      Miner miner = state.miners().known(id);
      if (miner.isPlaceableAt(atMs) && miner.standing().reservedFor() == null) {
        free.add(facts.candidate(miner));
      }
    }
    long spare = limit() - (state.miners().reserved() - state.quotes().reserved());
    List<MinersReserved> events = new ArrayList<>();
    for (Gang gang : gangs(facts, review)) {
      if (!review && (isServed(gang) || !wantsAny(gang, free))) {
        continue;
      }
      Hold hold = new Hold(gang, facts, atMs);
      List<MinerId> released = review ? hold.release() : List.of();
      spare += released.size();
      List<MinerId> reserved = hold.take(free, spare);
      spare -= reserved.size();
      if (!reserved.isEmpty() || !released.isEmpty()) {
        events.add(new MinersReserved(gang.deployment().id(), reserved, released));
      }
    }
    return events;
  }

  private boolean isServed(Gang gang) {
    int held = state.miners().reservedFor(gang.deployment().id()).size();
    return held >= gang.demand().required();
  }

  private static boolean wantsAny(Gang gang, List<Candidate> free) {
    return free.stream().anyMatch(miner -> Eligibility.accepts(gang.demand(), miner));
  }

  /** Those that gather, highest value first; made anew when one of them has changed. */
  @SuppressWarnings("ReferenceEquality") // a deployment that has changed is another record
  private List<Gang> gangs(PlacementFacts facts, boolean anew) {
    boolean same =
        !anew
            && known.changes() == state.gatherings().changes()
            && known.gangs().stream()
                .allMatch(
                    gang -> state.deployments().known(gang.deployment().id()) == gang.deployment());
    if (!same) {
      List<Gang> gangs = new ArrayList<>();
      for (DeploymentId id : state.gatherings().active()) {
        gangs.add(gang(state.deployments().known(id), facts));
      }
      gangs.sort(HIGHEST_VALUE_FIRST);
      known = new Known(state.gatherings().changes(), List.copyOf(gangs));
    }
    return known.gangs();
  }

  /** What one deployment holds while that is decided. */
  private final class Hold {
    private final Gang gang;
    private final PlacementFacts facts;
    private final long atMs;
    private final Map<String, Integer> onOperator = new HashMap<>();
    private int held;

    Hold(Gang gang, PlacementFacts facts, long atMs) {
      this.gang = gang;
      this.facts = facts;
      this.atMs = atMs;
      for (MinerId id : own()) {
        hold(state.miners().known(id).operator());
      }
    }

    private Collection<MinerId> own() {
      return state.miners().reservedFor(gang.deployment().id()).values();
    }

    private void hold(String operator) {
      held++;
      onOperator.merge(operator, 1, Integer::sum);
    }

    /** Those that do not suit any more, or are more than are needed. */
    List<MinerId> release() {
      held = 0;
      onOperator.clear();
      List<MinerId> released = new ArrayList<>();
      for (MinerId id : own()) {
        Miner miner = state.miners().known(id);
        if (miner.isPlaceableAt(atMs) && wants(facts.candidate(miner))) {
          hold(miner.operator());
        } else {
          released.add(id);
        }
      }
      return released;
    }

    private boolean wants(Candidate miner) {
      return held < gang.demand().required()
          && onOperator.getOrDefault(miner.operator(), 0) < gang.demand().roomOn(miner.operator())
          && Eligibility.accepts(gang.demand(), miner);
    }

    private boolean mayHave(Candidate miner) {
      return wants(miner) && !rivals.wouldTake(miner, gang.value());
    }

    /** Takes what it needs out of the free ones, so many at most. */
    List<MinerId> take(List<Candidate> free, long most) {
      List<MinerId> taken = new ArrayList<>();
      Iterator<Candidate> each = free.iterator();
      while (each.hasNext() && taken.size() < most && held < gang.demand().required()) {
        Candidate miner = each.next();
        if (mayHave(miner)) {
          hold(miner.operator());
          taken.add(new MinerId(miner.minerId()));
          each.remove();
        }
      }
      return taken;
    }
  }
}
