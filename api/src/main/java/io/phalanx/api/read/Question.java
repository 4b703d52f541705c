package io.phalanx.api.read;

import io.phalanx.api.read.ExplanationView.Chosen;
import io.phalanx.api.read.ExplanationView.Difference;
import io.phalanx.api.read.ExplanationView.MinerAnswer;
import io.phalanx.placement.Candidate;
import io.phalanx.placement.Constraint;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Eligibility;
import io.phalanx.placement.Fit;
import io.phalanx.placement.Market;
import io.phalanx.placement.Objective;
import io.phalanx.placement.Term;
import io.phalanx.placement.explain.Explainer;
import io.phalanx.placement.explain.Inquiry;
import io.phalanx.placement.explain.NetworkView;
import io.phalanx.placement.explain.RegisteredMiner;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.deployment.Funds;
import io.phalanx.scheduler.deployment.Placement;
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
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
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

  private static final Comparator<Held> BY_REPLICA =
      Comparator.comparingInt(held -> held.assignment().placement().replica());
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

  /**
   * What is read of the state while it is locked: no more than references, as everything that would
   * be committed waits for the lock.
   */
  record Seen(
      Deployment deployment,
      Demand demand,
      Demand anew,
      List<Held> held,
      List<Miner> miners,
      List<Demand> queue,
      Market market,
      long atMs) {

    /** The question, for which every miner is looked at. */
    Question question() {
      List<RegisteredMiner> registered = new ArrayList<>(miners.size());
      for (Miner miner : miners) {
        registered.add(
            new RegisteredMiner(PlacementFacts.reservedAt(miner, atMs), blockers(miner, atMs)));
      }
      NetworkView network = new NetworkView(registered, queue, market, Objective.DEFAULT);
      return new Question(deployment, demand, anew, held, network);
    }
  }

  /** About a deployment of that state, which lives; under the state's lock. */
  static Seen of(Deployment deployment, State state, long atMs) {
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
    List<Miner> miners = new ArrayList<>(state.miners().count());
    for (MinerId id : state.miners().inOrder().values()) {
      miners.add(state.miners().known(id));
    }
    return new Seen(deployment, demand, anew, held, miners, facts.demands(), facts.market(), atMs);
  }

  /** About a deployment that does not exist; under the state's lock. */
  static Seen of(DeploymentSpec spec, State state, long atMs) {
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

  private static Set<Constraint> blockers(Miner miner, long atMs) {
    if (miner.isPlaceableAt(atMs)) {
      return Set.of();
    }
    Set<Constraint> blockers = EnumSet.noneOf(Constraint.class);
    for (String name : MinerView.blockers(miner, atMs)) {
      Constraint blocker = BLOCKERS.get(name);
      if (blocker == null) {
        throw new IllegalStateException("no constraint is called " + name);
      }
      blockers.add(blocker);
    }
    blockers.remove(Constraint.RESERVED); // the candidate says for whom it is held
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

  /** The miners that hold its replicas, by replica, with what they were chosen for. */
  List<Chosen> chosen() {
    return held.stream().sorted(BY_REPLICA).map(one -> chosen(one, termsThen(one))).toList();
  }

  /** What was recorded when it was chosen; of one from before that was kept, as of now. */
  private Map<String, Long> termsThen(Held one) {
    List<Long> points = one.assignment().placement().points();
    if (points == null) {
      return terms(one.miner());
    }
    Map<String, Long> terms = new LinkedHashMap<>();
    Iterator<Long> next = points.iterator();
    for (Term term : Term.values()) {
      terms.put(term.wireName(), next.hasNext() ? next.next() : 0L);
    }
    return terms;
  }

  private static Chosen chosen(Held one, Map<String, Long> terms) {
    Placement placement = one.assignment().placement();
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
    Optional<Held> own =
        held.stream()
            .filter(one -> one.assignment().minerId().text().equals(miner.minerId()))
            .findFirst();
    Set<Constraint> fails =
        own.isPresent() ? Eligibility.failed(anew, miner) : Explainer.whyNot(demand, asked);
    boolean eligible = fails.stream().noneMatch(Constraint::isOfThePair);
    Map<String, Long> terms = eligible ? own.map(this::termsThen).orElse(terms(miner)) : null;
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
