package io.phalanx.api.read;

import io.phalanx.api.read.ExplanationView.Chosen;
import io.phalanx.api.read.ExplanationView.Difference;
import io.phalanx.api.read.ExplanationView.MinerAnswer;
import io.phalanx.placement.Candidate;
import io.phalanx.placement.Constraint;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Fit;
import io.phalanx.placement.Objective;
import io.phalanx.placement.explain.Explainer;
import io.phalanx.placement.explain.Inquiry;
import io.phalanx.placement.explain.NetworkView;
import io.phalanx.placement.explain.RegisteredMiner;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.deployment.Funds;
import io.phalanx.scheduler.deployment.Progress;
import io.phalanx.scheduler.deployment.Slot;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.round.PlacementFacts;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.view.MinerView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that an explanation needs of the state, copied out of it, so that it can be thought about
 * without holding anything up.
 *
 * @param deployment which deployment
 * @param demand what it lacks; what it asks for in all once it lacks nothing
 * @param anew what it would ask for if no miner held any of it
 * @param held its replicas that a miner holds
 * @param network who there is, and who waits
 */
record Question(
    Deployment deployment, Demand demand, Demand anew, List<Held> held, NetworkView network) {

  private static final DeploymentId HYPOTHETICAL = new DeploymentId("");
  private static final Map<String, Constraint> BLOCKERS =
      Arrays.stream(Constraint.values())
          .filter(Constraint::isBlocker)
          .collect(Collectors.toMap(Constraint::wireName, Function.identity()));

  /**
   * A replica that a miner holds.
   *
   * @param assignment on which terms
   * @param miner the miner as it is now
   */
  record Held(Assignment assignment, Candidate miner) {}

  /** About a deployment of that state, which lives; under the state's lock. */
  static Question of(Deployment deployment, State state, long atMs) {
    PlacementFacts facts = new PlacementFacts(state, atMs);
    Demand anew = facts.demand(anew(deployment, atMs));
    Demand demand = deployment.lacking() > 0 ? facts.demand(deployment) : anew;
    List<Held> held = new ArrayList<>();
    for (Assignment assignment : state.assignments().of(deployment.id())) {
      if (assignment.isLive()) {
        Miner miner = state.miners().known(assignment.minerId());
        held.add(new Held(assignment, facts.candidate(miner)));
      }
    }
    return new Question(deployment, demand, anew, held, network(state, facts, atMs));
  }

  /** About a deployment that does not exist; under the state's lock. */
  static Question of(DeploymentSpec spec, State state, long atMs) {
    Deployment deployment =
        new Deployment(
            HYPOTHETICAL,
            "",
            state.position() + 1,
            atMs,
            spec,
            DeploymentState.PENDING,
            new Funds(spec.budget(), Amount.ZERO, Amount.ZERO),
            Progress.START,
            waiting(spec, atMs),
            Collections.emptySortedMap());
    return of(deployment, state, atMs);
  }

  private static Deployment anew(Deployment deployment, long atMs) {
    return new Deployment(
        deployment.id(),
        deployment.developer(),
        deployment.createdPosition(),
        deployment.createdAtMs(),
        deployment.spec(),
        DeploymentState.PENDING,
        deployment.funds(),
        Progress.START,
        waiting(deployment.spec(), atMs),
        deployment.exclusions());
  }

  private static List<Slot> waiting(DeploymentSpec spec, long atMs) {
    return Collections.nCopies(spec.replicas(), Slot.waiting(atMs));
  }

  private static NetworkView network(State state, PlacementFacts facts, long atMs) {
    List<RegisteredMiner> miners = new ArrayList<>(state.miners().count());
    for (MinerId id : state.miners().inOrder().values()) {
      Miner miner = state.miners().known(id);
      Set<Constraint> blockers = blockers(miner, atMs);
      blockers.remove(Constraint.RESERVED); // the candidate says for whom it is held
      miners.add(new RegisteredMiner(facts.reserved(miner), blockers));
    }
    return new NetworkView(miners, facts.demands(), facts.market(), Objective.DEFAULT);
  }

  private static Set<Constraint> blockers(Miner miner, long atMs) {
    Set<Constraint> blockers = EnumSet.noneOf(Constraint.class);
    for (String name : MinerView.blockers(miner, atMs)) {
      Constraint blocker = BLOCKERS.get(name);
      if (blocker == null) {
        throw new IllegalStateException("no constraint is called " + name);
      }
      blockers.add(blocker);
    }
    return blockers;
  }

  boolean isOf(Optional<String> developer) {
    return developer.isEmpty() || developer.get().equals(deployment.developer());
  }

  /** Whether nothing of it waits. */
  boolean isPlaced() {
    return deployment.lacking() == 0;
  }

  /** What the model is asked. */
  Inquiry inquiry() {
    return new Inquiry(
        demand,
        isPlaced(),
        deployment.state() == DeploymentState.PENDING,
        new GasPrice(deployment.funds().held().pico()).clamped());
  }

  /** Replicas that count for minReplicas already. */
  int settled() {
    return deployment.live() + deployment.completed();
  }

  /** A miner that could take a slot now. */
  Chosen runnerUp(Candidate miner) {
    Map<String, Long> terms = terms(miner);
    return new Chosen(
        null,
        new MinerId(miner.minerId()),
        miner.tier(),
        miner.operator(),
        GasPrice.of(miner.ask()),
        score(terms),
        terms);
  }

  /** The miners that hold its replicas, by replica. */
  List<Chosen> chosen() {
    return held.stream()
        .sorted(java.util.Comparator.comparingInt(h -> h.assignment().placement().replica()))
        .map(this::chosen)
        .toList();
  }

  private Chosen chosen(Held one) {
    var placement = one.assignment().placement();
    Map<String, Long> terms = terms(one.miner());
    return new Chosen(
        placement.replica(),
        placement.minerId(),
        placement.tier(),
        placement.operator(),
        placement.gasPrice(),
        score(terms),
        terms);
  }

  private Map<String, Long> terms(Candidate miner) {
    Map<String, Long> terms = new LinkedHashMap<>();
    new Fit(network.objective(), network.market())
        .points(anew, miner)
        .forEach((term, points) -> terms.put(term.wireName(), points));
    return terms;
  }

  private static long score(Map<String, Long> terms) {
    return terms.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Why (not) that miner; empty if it is not registered. */
  Optional<MinerAnswer> about(MinerId id) {
    return network.miners().stream()
        .filter(miner -> miner.candidate().minerId().equals(id.text()))
        .findFirst()
        .map(this::about);
  }

  private MinerAnswer about(RegisteredMiner asked) {
    Candidate miner = asked.candidate();
    boolean holds =
        held.stream().anyMatch(h -> h.assignment().minerId().text().equals(miner.minerId()));
    Set<Constraint> fails =
        holds ? Eligibility.failed(anew, miner) : Explainer.whyNot(demand, asked);
    boolean eligible = fails.stream().noneMatch(Constraint::isOfThePair);
    Map<String, Long> terms = eligible ? terms(miner) : null;
    return new MinerAnswer(
        new MinerId(miner.minerId()),
        miner.tier(),
        miner.operator(),
        GasPrice.of(miner.ask()),
        fails.stream().map(Constraint::wireName).toList(),
        terms == null ? null : score(terms),
        terms,
        terms == null ? List.of() : differences(terms));
  }

  private List<Difference> differences(Map<String, Long> terms) {
    List<Difference> differences = new ArrayList<>();
    for (Chosen one : chosen()) {
      int replica = Objects.requireNonNull(one.replica());
      Map<String, Long> more = new LinkedHashMap<>();
      one.terms().forEach((term, points) -> more.put(term, points - terms.getOrDefault(term, 0L)));
      differences.add(new Difference(replica, one.minerId(), score(more), more));
    }
    return differences;
  }
}
