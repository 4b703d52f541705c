package io.phalanx.api.node;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.EngineMeter;
import io.phalanx.scheduler.engine.Replica;
import io.phalanx.scheduler.event.AssignmentEvent.ReadingFlagged;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.round.RoundRecord;
import io.phalanx.scheduler.state.State;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/** The engine's figures as metrics, a name for each stage. */
final class EngineMeters implements EngineMeter {
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(200_000),
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2)
  };

  private final MeterRegistry registry;
  private final Timer decide;
  private final DistributionSummary batchCommands;
  private final Timer append;
  private final Counter events;
  private final Counter bytes;
  private final Timer fold;
  private final Counter busy;
  private final Timer history;
  private final Counter historyItems;
  private final Timer snapshot;
  private final RoundMeters rounds;
  private final Timer taken;
  private final Timer refused;
  private final Counter recovered;
  private final Counter fenced;
  private final Counter flagged;
  private final AtomicLong snapshotPosition = new AtomicLong();

  EngineMeters(MeterRegistry registry) {
    this.registry = registry;
    decide = timer("phalanx.decide", "Deciding a batch of commands");
    batchCommands = registry.summary("phalanx.decide.commands");
    append = timer("phalanx.journal.append", "Making a row durable");
    events = registry.counter("phalanx.journal.events");
    bytes = registry.counter("phalanx.journal.bytes");
    fold = timer("phalanx.replica.fold", "Folding a row into the replica");
    busy = registry.counter("phalanx.commands.refused.busy");
    history = timer("phalanx.history.write", "Writing items to the history");
    historyItems = registry.counter("phalanx.history.items");
    snapshot = timer("phalanx.snapshot.write", "Writing a snapshot");
    rounds = new RoundMeters(registry, timer("phalanx.round", "A round, from facts to answer"));
    taken = delivery("taken");
    refused = delivery("refused");
    recovered = registry.counter("phalanx.leader.recovered");
    fenced = registry.counter("phalanx.leader.fenced");
    flagged = registry.counter("phalanx.readings.flagged");
    gauge("phalanx.snapshot.position", snapshotPosition);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private Timer delivery(String outcome) {
    return Timer.builder("phalanx.settlement.delivery")
        .description("Offering a settlement to the payout layer")
        .tag("outcome", outcome)
        .register(registry);
  }

  private void gauge(String name, AtomicLong value) {
    Gauge.builder(name, value, AtomicLong::doubleValue).register(registry);
  }

  /** What is looked at when somebody asks, once there is an engine. */
  void watch(Engine engine) {
    gauge("phalanx.commands.queued", engine, e -> e.sequencer().queued());
    gauge("phalanx.leading", engine, e -> e.sequencer().isLeading() ? 1 : 0);
    gauge("phalanx.journal.position", engine, e -> e.replica().head().last());
    gauge("phalanx.history.lag", engine, e -> e.replica().head().last() - e.history().followed());
    engine.replica().onCommitted(batch -> flagged.increment((double) countFlagged(batch)));
    gauge("phalanx.receipts.lag", engine, EngineMeters::receiptsLag);
    state("phalanx.deployments", engine, s -> s.deployments().inOrder().size());
    state("phalanx.deployments.lacking", engine, s -> s.deployments().lacking().size());
    state("phalanx.assignments", engine, s -> s.assignments().all().size());
    state("phalanx.assignments.leaving", engine, s -> s.assignments().leaving());
    for (MinerState each : MinerState.values()) {
      Gauge.builder("phalanx.miners", engine, e -> e.replica().read(s -> count(s, each)))
          .tag("state", each.name().toLowerCase(java.util.Locale.ROOT))
          .register(registry);
    }
  }

  private static long countFlagged(Replica.CommittedBatch batch) {
    return batch.events().stream()
        .filter(stamped -> stamped.event() instanceof ReadingFlagged)
        .count();
  }

  private static double receiptsLag(Engine engine) {
    long reached = engine.receipts().reached();
    return engine.replica().head().last() - reached;
  }

  private void gauge(String name, Engine engine, ToDoubleFunction<Engine> value) {
    Gauge.builder(name, engine, value).register(registry);
  }

  private void state(String name, Engine engine, ToDoubleFunction<State> value) {
    gauge(name, engine, e -> e.replica().read(value::applyAsDouble));
  }

  private static double count(State state, MinerState wanted) {
    return switch (wanted) {
      case IDLE -> state.miners().idle().size();
      case ACTIVE -> state.miners().active();
      case STOPPED, COOLING_DOWN ->
          state.miners().all().stream().filter(miner -> miner.state() == wanted).count();
    };
  }

  @Override
  public void decided(int commands, long nanos) {
    decide.record(nanos, TimeUnit.NANOSECONDS);
    batchCommands.record(commands);
  }

  @Override
  public void appended(int appended, int size, long nanos) {
    append.record(nanos, TimeUnit.NANOSECONDS);
    events.increment(appended);
    bytes.increment(size);
  }

  @Override
  public void folded(int folded, long nanos) {
    fold.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void refusedBusy() {
    busy.increment();
  }

  @Override
  public void historyWritten(int items, long nanos) {
    history.record(nanos, TimeUnit.NANOSECONDS);
    historyItems.increment(items);
  }

  @Override
  public void snapshotWritten(long position, long nanos) {
    snapshot.record(nanos, TimeUnit.NANOSECONDS);
    snapshotPosition.set(position);
  }

  @Override
  public void planned(PlannedRound planned) {
    rounds.planned(planned);
  }

  @Override
  public void committed(RoundRecord round) {
    rounds.committed(round);
  }

  @Override
  public void delivery(boolean wasTaken, long nanos) {
    (wasTaken ? taken : refused).record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void fenced() {
    fenced.increment();
  }

  @Override
  public void leaderRecovered() {
    recovered.increment();
  }
}
