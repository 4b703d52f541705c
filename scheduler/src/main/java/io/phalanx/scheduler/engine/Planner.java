package io.phalanx.scheduler.engine;

import io.phalanx.placement.ClearingPrices;
import io.phalanx.placement.Demand;
import io.phalanx.placement.Objective;
import io.phalanx.placement.PlacementEngine;
import io.phalanx.placement.PlacementPlan;
import io.phalanx.placement.SolveLimits;
import io.phalanx.placement.kernel.Instance;
import io.phalanx.scheduler.command.SystemCommand.CommitRound;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.round.PlannedLine;
import io.phalanx.scheduler.round.RoundCourse;
import io.phalanx.scheduler.round.RoundFacts;
import io.phalanx.scheduler.round.RoundPlan;
import io.phalanx.scheduler.round.RoundRecord;
import io.phalanx.scheduler.unit.GasPrice;
import java.util.List;
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
  private final PlannerView view;
  private final Sequencer sequencer;
  private final EngineSettings settings;
  private final Thread thread;
  private volatile boolean closing;
  private long solvedVersion = -1;
  private long solvedPrice;
  private long lastMs;
  private long lastEndNanos;
  private long lastNanos;

  Planner(Replica replica, Sequencer sequencer, EngineSettings settings) {
    this.view = new PlannerView(replica, settings.meter());
    this.sequencer = sequencer;
    this.settings = settings;
    this.thread = new Thread(this::run, "phalanx-planner");
    this.thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Something was committed: there may be something to plan. */
  void committed(Replica.CommittedBatch batch) {
    view.committed(batch);
    wake();
  }

  private void wake() {
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

  private void run() {
    while (!closing) {
      try {
        signal.tryAcquire(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        signal.drainPermits();
        boolean hasWork = view.facts(nowMs()).hasWork();
        if (!closing && sequencer.isLeading() && hasWork) {
          gather();
          round();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("event=round-failed", e);
        view.forget();
      }
    }
  }

  /** The wall clock, but for its steps back: what has expired stays so. */
  private long nowMs() {
    lastMs = Math.max(lastMs, settings.clock().millis());
    return lastMs;
  }

  /**
   * Under load rounds leave time for more to arrive: as long as the last one was planned, so that
   * planning takes half of a processor at most, and never longer than the setting says.
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
    long nowMs = nowMs();
    RoundFacts facts = view.facts(nowMs);
    long price = view.referencePrice();
    if (!facts.hasWork() || (facts.version() == solvedVersion && price == solvedPrice)) {
      return; // an unchanged problem is not solved again
    }
    Instance.Question question =
        new Instance.Question(facts.demands(nowMs), facts.market(price), Objective.DEFAULT);
    SolveLimits limits =
        new SolveLimits(settings.seed(), settings.roundTimeLimit(), EXCHANGE_STEPS, SEARCH_STEPS);
    PlacementPlan plan = engine.solve(facts.fleet(), question, nowMs, limits);
    List<PlannedLine> lines = priced(facts, question, plan);
    RoundRecord record = record(facts, question, plan, System.nanoTime() - started);
    lastNanos = System.nanoTime() - started;
    if (lines.isEmpty() && !facts.hasQuotes()) {
      solvedVersion = facts.version();
      solvedPrice = price;
    } else {
      propose(new RoundPlan(record, lines));
    }
    lastEndNanos = System.nanoTime();
    settings
        .meter()
        .planned(new EngineMeter.PlannedRound(record, lines.size(), lastEndNanos - started));
  }

  private static List<PlannedLine> priced(
      RoundFacts facts, Instance.Question question, PlacementPlan plan) {
    return ClearingPrices.of(question.demands(), facts.fleet()::find, plan).stream()
        .map(
            line ->
                new PlannedLine(
                    new DeploymentId(line.line().deploymentId()),
                    new MinerId(line.line().minerId()),
                    GasPrice.of(line.gasPrice())))
        .toList();
  }

  private RoundRecord record(
      RoundFacts facts, Instance.Question question, PlacementPlan plan, long nanos) {
    return new RoundRecord(
        0,
        view.position(),
        facts.fleet().size(),
        question.demands().size(),
        question.demands().stream().mapToInt(Demand::lacking).sum(),
        0,
        plan.value(),
        plan.valueBound(),
        plan.fit(),
        plan.fitBound(),
        settings.seed(),
        SOLVER,
        TimeUnit.NANOSECONDS.toMicros(nanos),
        course(plan),
        List.of());
  }

  /** Of the round that was begun at {@link #lastMs}. */
  private RoundCourse course(PlacementPlan plan) {
    boolean late = plan.outOfTime();
    return new RoundCourse(
        lastMs,
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
}
