package io.phalanx.loadtests.fairness;

import io.phalanx.loadtests.fairness.Story.Machine;
import io.phalanx.loadtests.fairness.Story.Wish;
import io.phalanx.placement.ClearingPrices;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.Preference;
import io.phalanx.placement.SolveLimits;
import io.phalanx.scheduler.audit.JournalAudit;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.SystemCommand.CommitRound;
import io.phalanx.scheduler.command.SystemCommand.KeepHistory;
import io.phalanx.scheduler.command.SystemCommand.TakeOver;
import io.phalanx.scheduler.command.SystemCommand.Tick;
import io.phalanx.scheduler.decide.Liveness;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decide.Writer;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Tiers;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentEnded;
import io.phalanx.scheduler.event.AssignmentEvent.AssignmentOffered;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringBegan;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.round.PlannedLine;
import io.phalanx.scheduler.round.RoundCourse;
import io.phalanx.scheduler.round.RoundPlan;
import io.phalanx.scheduler.round.RoundProblem;
import io.phalanx.scheduler.round.RoundRecord;
import io.phalanx.scheduler.state.ChangeListener;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.IsoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** The real writer and the real placement engine under a clock that only the run moves. */
final class Network {
  /** Unix milliseconds of its beginning. */
  static final long START_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  /** The start guards' figures: k of the stake, and the lowest score. */
  private static final long STAKE_FACTOR = 50;

  private static final int LEAST_PERFORMANCE = 50;
  private static final String DEVELOPER = "dev";
  private static final Duration ROUND_TIME = Duration.ofSeconds(30);
  private static final int EXCHANGE_STEPS = 100;
  private static final int SEARCH_STEPS = 2_000;

  /** A replica at work and when it will be done. */
  private record Work(long doneMs, AssignmentId assignment) {}

  private final State state = new State(ChangeListener.NONE);
  private final Writer writer = new Writer(state, new Liveness(), this::take, CoreJson.shown());
  private final JournalAudit audit = new JournalAudit();
  private final PlacementEngine engine = new PlacementEngine();
  private final Objective objective;
  private final Map<MinerId, AssignmentId> running = new LinkedHashMap<>();
  private final Map<DeploymentId, Long> durationMs = new LinkedHashMap<>();
  private final PriorityQueue<Work> work =
      new PriorityQueue<>(Comparator.comparingLong(Work::doneMs).thenComparing(Work::assignment));
  private final List<AssignmentOffered> offered = new ArrayList<>();
  private long nowMs = START_MS;
  private long sequence;
  private long planned;
  private long gatherings;
  private long late;

  Network(Objective objective) {
    this.objective = objective;
    done(new TakeOver(1, "node-1"));
    done(new Deposit(DEVELOPER, Amount.ofPha(1_000_000_000_000L), "opening", Amount.ZERO));
  }

  State state() {
    return state;
  }

  long nowMs() {
    return nowMs;
  }

  long rounds() {
    return state.rounds().lastNumber();
  }

  /** Rounds that were ended by the clock, so that another run may differ. */
  long late() {
    return late;
  }

  long gatherings() {
    return gatherings;
  }

  List<String> violations() {
    return audit.finish().violations().stream().map(Object::toString).toList();
  }

  private void take(Event event, Moment moment) {
    audit.accept(new StampedEvent(event, moment));
    if (event instanceof AssignmentOffered offer) {
      offered.add(offer);
    } else if (event instanceof AssignmentEnded ended) {
      running.values().remove(ended.assignmentId());
    } else if (event instanceof GatheringBegan) {
      gatherings++;
    }
  }

  private void done(Command command) {
    Outcome outcome = writer.execute(command, null, nowMs);
    if (outcome instanceof Outcome.Refused refused) {
      throw new IllegalStateException(command + " was refused: " + refused.rejection());
    }
  }

  /** The clock goes on; what is due happens. */
  void passTo(long atMs) {
    nowMs = atMs;
    done(new Tick());
  }

  void enlist(MinerId id, Machine machine) {
    Evidence evidence = new Evidence(machine.tier(), "declared", 1, List.of(), nowMs, null, null);
    int performance = Math.max(LEAST_PERFORMANCE, machine.performance());
    done(
        new RegisterMiner(
            id,
            machine.operator(),
            machine.region(),
            Amount.ofPha(STAKE_FACTOR * (1 + (long) Math.sqrt(performance))),
            performance,
            GasPrice.of(machine.ask()),
            evidence));
    done(new StartMiner(id));
  }

  void beat(MinerId id) {
    done(new Heartbeat(id, ++sequence, null));
  }

  DeploymentId ask(Wish wish) {
    done(new CreateDeployment(DEVELOPER, spec(wish), Amount.ZERO));
    DeploymentId id = state.deployments().lacking().lastEntry().getValue();
    durationMs.put(id, wish.durationS() * 1_000);
    return id;
  }

  private static DeploymentSpec spec(Wish wish) {
    return new DeploymentSpec(
        null,
        "0x" + "ab".repeat(32),
        null,
        Tiers.of(wish.tiers()),
        wish.minPerformance(),
        wish.replicas(),
        wish.replicas(),
        wish.maxPerOperator(),
        List.of(),
        List.of(),
        List.of(),
        Preference.BALANCED,
        GasPrice.of(wish.bid()),
        Amount.ofPha(5),
        null,
        new IsoDuration("P365D"),
        new TreeMap<>());
  }

  /** What the machine runs fails, if it runs anything. */
  void fail(MinerId miner) {
    AssignmentId id = running.get(miner);
    if (id != null) {
      done(new FailAssignment(id, state.assignments().known(id).epoch(), "recorded"));
    }
  }

  /** Replicas whose work is done by now complete. */
  void complete() {
    while (!work.isEmpty() && work.peek().doneMs() <= nowMs) {
      AssignmentId id = work.remove().assignment();
      if (running.containsValue(id)) {
        done(new CompleteAssignment(id, state.assignments().known(id).epoch(), null));
      }
    }
  }

  /** Forgets what ended more than a day ago, as the historian lets it. */
  void keepHistory(long upTo) {
    done(new KeepHistory(upTo, upTo));
  }

  /** A round, if anything has happened since the last. */
  void round() {
    if (state.position() == planned
        || state.deployments().lacking().isEmpty()
        || state.miners().idle().isEmpty()) {
      return;
    }
    PlacementProblem seen = RoundProblem.of(state, nowMs);
    PlacementProblem problem =
        new PlacementProblem(seen.candidates(), seen.demands(), seen.market(), objective);
    PlacementPlan plan =
        engine.solve(problem, new SolveLimits(1, ROUND_TIME, EXCHANGE_STEPS, SEARCH_STEPS));
    late += plan.outOfTime() ? 1 : 0;
    List<PlannedLine> lines =
        ClearingPrices.of(problem, plan).stream()
            .map(
                line ->
                    new PlannedLine(
                        new DeploymentId(line.line().deploymentId()),
                        new MinerId(line.line().minerId()),
                        GasPrice.of(line.gasPrice())))
            .toList();
    if (!lines.isEmpty()) {
      done(new CommitRound(new RoundPlan(record(problem, plan), lines)));
    }
    planned = state.position();
  }

  private RoundRecord record(PlacementProblem problem, PlacementPlan plan) {
    return new RoundRecord(
        0,
        state.position(),
        problem.candidates().size(),
        problem.demands().size(),
        problem.slots(),
        0,
        plan.value(),
        plan.valueBound(),
        plan.fit(),
        plan.fitBound(),
        1,
        "fairness-simulation",
        0,
        new RoundCourse(nowMs, EXCHANGE_STEPS, SEARCH_STEPS, plan.outOfTime()),
        List.of());
  }

  /** Miners take what they were offered, but for those that {@code refuses}. */
  void acknowledge(java.util.function.Predicate<MinerId> refuses) {
    List<AssignmentOffered> open = List.copyOf(offered);
    offered.clear();
    for (AssignmentOffered offer : open) {
      MinerId miner = offer.placement().minerId();
      if (!refuses.test(miner)) {
        AssignmentId id = offer.assignmentId();
        done(new AcknowledgeAssignment(id, state.assignments().known(id).epoch()));
        running.put(miner, id);
        long worksMs = durationMs.getOrDefault(offer.deploymentId(), 0L);
        work.add(new Work(nowMs + worksMs, id));
      }
    }
  }
}
