package io.phalanx.scheduler.engine;

import io.phalanx.placement.Candidate;
import io.phalanx.placement.ClearingPrices;
import io.phalanx.placement.Demand;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.PlacementProblem;
import io.phalanx.placement.SolveLimits;
import io.phalanx.scheduler.command.SystemCommand.CommitRound;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.round.PlannedLine;
import io.phalanx.scheduler.round.RoundCourse;
import io.phalanx.scheduler.round.RoundPlan;
import io.phalanx.scheduler.round.RoundProblem;
import io.phalanx.scheduler.round.RoundRecord;
import io.phalanx.scheduler.unit.GasPrice;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs rounds while something waits and somebody is Idle: plans on a committed snapshot, off the
 * writer's thread, and proposes the plan as one more command. Never two rounds at once.
 */
final class Planner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Planner.class);
  private static final String SOLVER = "phalanx-kernel/1+optaplanner";
  private static final long LOOK_EVERY_MS = 1000;
  private static final long ANSWER_WITHIN_MS = 10_000;

  /**
   * Steps of improvement in a round: few, since the next round comes within a moment and the kernel
   * is at or next to the best value without them.
   */
  private static final int EXCHANGE_STEPS = 100;

  private static final int SEARCH_STEPS = 2000;

  /** A round after so long a pause is a quiet one: it waits for nothing. */
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Semaphore signal = new Semaphore(0);
  private final PlacementEngine engine = new PlacementEngine();
  private final Replica replica;
  private final Sequencer sequencer;
  private final EngineSettings settings;
  private final Thread thread;
  private volatile boolean closing;
  private long solvedFingerprint;
  private long lastEndNanos;
  private long lastNanos;

  Planner(Replica replica, Sequencer sequencer, EngineSettings settings) {
    this.replica = replica;
    this.sequencer = sequencer;
    this.settings = settings;
    this.thread = new Thread(this::run, "phalanx-planner");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Something was committed: there may be something to plan. */
  void wake() {
    if (signal.availablePermits() == 0) {
      signal.release();
    }
  }

  @Override
  public void close() {
    closing = true;
    wake();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Snapshot(long position, long atMs, PlacementProblem problem) {}

  private void run() {
    while (!closing) {
      try {
        signal.tryAcquire(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        signal.drainPermits();
        if (!closing && sequencer.isLeading() && somethingToDo()) {
          gather();
          round();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("event=round-failed", e);
      }
    }
  }

  private boolean somethingToDo() {
    return replica.read(
        state -> !state.deployments().lacking().isEmpty() && !state.miners().idle().isEmpty());
  }

  /**
   * Under load rounds leave time for more to arrive: as long as the last one took, 50 ms at most.
   */
  private void gather() throws InterruptedException {
    long since = System.nanoTime() - lastEndNanos;
    if (since < QUIET_NANOS) {
      long window = Math.min(settings.batchingWindow().toNanos(), lastNanos);
      if (window > since) {
        TimeUnit.NANOSECONDS.sleep(window - since);
      }
    }
  }

  private void round() throws InterruptedException {
    long started = System.nanoTime();
    long nowMs = settings.clock().millis();
    Snapshot snapshot =
        replica.read(state -> new Snapshot(state.position(), nowMs, RoundProblem.of(state, nowMs)));
    PlacementProblem problem = snapshot.problem();
    long fingerprint = fingerprint(problem);
    if (problem.candidates().isEmpty()
        || problem.demands().isEmpty()
        || fingerprint == solvedFingerprint) {
      return; // an unchanged problem is not solved again
    }
    PlacementPlan plan =
        engine.solve(
            problem,
            new SolveLimits(
                settings.seed(), settings.roundTimeLimit(), EXCHANGE_STEPS, SEARCH_STEPS));
    List<PlannedLine> lines =
        ClearingPrices.of(problem, plan).stream()
            .map(
                line ->
                    new PlannedLine(
                        new DeploymentId(line.line().deploymentId()),
                        new MinerId(line.line().minerId()),
                        GasPrice.of(line.gasPrice())))
            .toList();
    long nanos = System.nanoTime() - started;
    if (lines.isEmpty()) {
      solvedFingerprint = fingerprint;
    } else {
      propose(new RoundPlan(record(snapshot, plan, nanos), lines));
    }
    lastEndNanos = System.nanoTime();
    lastNanos = lastEndNanos - started;
    settings
        .meter()
        .planned(
            new EngineMeter.PlannedRound(
                problem.candidates().size(),
                problem.slots(),
                lines.size(),
                plan.value(),
                plan.valueBound(),
                lastNanos));
  }

  private RoundRecord record(Snapshot snapshot, PlacementPlan plan, long nanos) {
    PlacementProblem problem = snapshot.problem();
    return new RoundRecord(
        0,
        snapshot.position(),
        problem.candidates().size(),
        problem.demands().size(),
        problem.slots(),
        0,
        plan.value(),
        plan.valueBound(),
        plan.fit(),
        plan.fitBound(),
        settings.seed(),
        SOLVER,
        TimeUnit.NANOSECONDS.toMicros(nanos),
        course(snapshot, plan),
        List.of());
  }

  private static RoundCourse course(Snapshot snapshot, PlacementPlan plan) {
    boolean late = plan.outOfTime();
    return new RoundCourse(
        snapshot.atMs(),
        late ? plan.exchangeSteps() : EXCHANGE_STEPS,
        late ? plan.searchSteps() : SEARCH_STEPS,
        late);
  }

  /** Waits for the answer, so that the next round sees this one. */
  private void propose(RoundPlan plan) throws InterruptedException {
    CountDownLatch answered = new CountDownLatch(1);
    sequencer.submit(new Submission(new CommitRound(plan), null, reply -> answered.countDown()));
    if (!answered.await(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS)) {
      LOG.warn("event=round-unanswered position={}", plan.record().basePosition());
    }
  }

  /** Everything that decides a plan but the passing of time, which changes no order. */
  private static long fingerprint(PlacementProblem problem) {
    long hash = 1;
    for (Candidate c : problem.candidates()) {
      hash = 31 * hash + c.minerId().hashCode();
      hash = 31 * hash + c.tier() * 7919L + c.performance() * 31L + c.ask();
      hash = 31 * hash + c.region().hashCode() + 31L * Objects.hashCode(c.reservedFor());
    }
    for (Demand d : problem.demands()) {
      hash = 31 * hash + d.deploymentId().hashCode();
      hash = 31 * hash + d.lacking() * 7919L + d.required() * 31L + d.maxGasPrice();
      hash = 31 * hash + d.tiers().mask() + d.minPerformance() * 31L + d.maxPerOperator();
      hash = 31 * hash + d.excludedMiners().hashCode() + 31L * d.liveByOperator().hashCode();
      hash = 31 * hash + d.regions().hashCode() + 31L * d.denyOperators().hashCode();
      hash = 31 * hash + d.allowOperators().hashCode() + d.preference().hashCode();
    }
    return hash;
  }
}
