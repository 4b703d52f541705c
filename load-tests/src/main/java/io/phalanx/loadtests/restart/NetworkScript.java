package io.phalanx.loadtests.restart;

import io.phalanx.placement.Preference;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.AccountCommand.Deposit;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.SettlementCommand.AcknowledgeSettlement;
import io.phalanx.scheduler.command.SettlementCommand.MarkSettlementDelivered;
import io.phalanx.scheduler.command.SystemCommand.KeepHistory;
import io.phalanx.scheduler.command.SystemCommand.TakeOver;
import io.phalanx.scheduler.command.SystemCommand.Tick;
import io.phalanx.scheduler.decide.Liveness;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decide.Writer;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Tiers;
import io.phalanx.scheduler.event.Event;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.event.SettlementEvent.SettlementClosed;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.state.ChangeListener;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.IsoDuration;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A busy network in simulated time, decided by the real writer: deployments under idempotency keys,
 * rounds, acknowledgements, readings, completions, deposits, heartbeats, settlements, and what has
 * ended leaving the state as the historian lets it.
 */
final class NetworkScript {
  private static final long STEP_MS = 100;
  private static final long HEARTBEAT_EVERY_STEPS = 600;
  private static final long KEEP_EVERY_MS = 2_000;
  private static final long ENDED_STAY_MS = 30_000;
  private static final long KEYS_STAY_MS = 600_000;
  private static final int DEVELOPERS = 40;

  /**
   * Who takes part.
   *
   * @param miners registered and started at once
   * @param deploymentsPerSecond posted, of one or two replicas
   * @param workMs how long a replica runs on average
   */
  record Shape(int miners, int deploymentsPerSecond, long workMs) {}

  private record Mark(long position, long atMs) {}

  private final Shape shape;
  private final SplittableRandom random;
  private final State state = new State(ChangeListener.NONE);
  private final Writer writer;
  private final RowSink rows;
  private final Contracts contracts;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final List<SettlementClosed> closed = new ArrayList<>();
  private long nowMs;
  private long step;
  private long posted;

  NetworkScript(Shape shape, RowSink rows, long seed, long startMs) {
    this.shape = shape;
    this.rows = rows;
    this.random = new SplittableRandom(seed);
    this.writer = new Writer(state, new Liveness(), this::take, CoreJson.shown());
    this.contracts = new Contracts(this::execute, random, shape.workMs());
    this.nowMs = startMs;
    execute(new TakeOver(rows.epoch(), "node-1"));
    for (int i = 0; i < shape.miners(); i++) {
      enlist(i);
    }
  }

  State state() {
    return state;
  }

  long nowMs() {
    return nowMs;
  }

  /** A tenth of a second of the network's life. */
  void step() {
    nowMs += STEP_MS;
    step++;
    heartbeats();
    for (int i = 0; i < arrivals(); i++) {
      post();
    }
    if (step % 10 == 0) {
      execute(new Tick());
      deposit();
    }
    contracts.step(nowMs, state.position());
    settle();
    keepHistory();
  }

  /** Writes what is left of the last row. */
  void finish() {
    rows.flush();
  }

  private void take(Event event, Moment moment) {
    rows.accept(event, moment);
    contracts.take(event, moment.position(), nowMs);
    if (event instanceof SettlementClosed settlement) {
      closed.add(settlement);
    }
  }

  private void execute(Command command) {
    execute(command, null);
  }

  private void execute(Command command, @Nullable KeyMark key) {
    Outcome outcome = writer.execute(command, key, nowMs);
    if (outcome instanceof Outcome.Refused refused) {
      throw new IllegalStateException(command + " was refused: " + refused.rejection());
    }
    rows.commit();
  }

  private void enlist(int number) {
    MinerId id = new MinerId("%064x".formatted(number));
    Evidence evidence = new Evidence(1 + number % 5, "declared", 1, List.of(), nowMs, null, null);
    execute(
        new RegisterMiner(
            id,
            "op-" + number % 97,
            number % 2 == 0 ? "eu" : "us",
            Amount.ofPha(5_000),
            500 + number % 1_500,
            GasPrice.of(100 + number % 400),
            evidence));
    execute(new StartMiner(id));
    contracts.idle(id);
  }

  /** Spread evenly over the minute, as miners do not come all at once. */
  private void heartbeats() {
    long from = step % HEARTBEAT_EVERY_STEPS * shape.miners() / HEARTBEAT_EVERY_STEPS;
    long to = (step % HEARTBEAT_EVERY_STEPS + 1) * shape.miners() / HEARTBEAT_EVERY_STEPS;
    for (long number = from; number < to; number++) {
      execute(new Heartbeat(new MinerId("%064x".formatted(number)), nowMs, null));
    }
  }

  private long arrivals() {
    long perStep = shape.deploymentsPerSecond() * STEP_MS;
    return (step * perStep) / 1_000 - ((step - 1) * perStep) / 1_000;
  }

  private void post() {
    long number = posted++;
    String developer = "dev-" + number % DEVELOPERS;
    int replicas = random.nextInt(8) == 0 ? 2 : 1;
    CreateDeployment command =
        new CreateDeployment(developer, spec(number, replicas), Amount.ofPha(1_000_000));
    String scope = developer + " POST /v1/deployments restart-benchmark-" + number;
    execute(command, KeyMark.of(scope, Long.toHexString(number).getBytes(StandardCharsets.UTF_8)));
    contracts.wanted(replicas);
  }

  private DeploymentSpec spec(long number, int replicas) {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("team", "team-" + number % 7);
    return new DeploymentSpec(
        "contract-" + number,
        "0x" + "%064x".formatted(random.nextLong(Long.MAX_VALUE)),
        "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/" + number,
        Tiers.of(List.of(1, 2, 3, 4, 5)),
        0,
        replicas,
        replicas,
        0,
        List.of("eu", "us"),
        List.of(),
        List.of(),
        Preference.BALANCED,
        GasPrice.of(1_000),
        Amount.ofPha(5),
        new IsoDuration("PT1H"),
        new IsoDuration("P30D"),
        labels);
  }

  private void deposit() {
    String developer = "dev-" + random.nextInt(DEVELOPERS);
    execute(new Deposit(developer, Amount.ofPha(10_000), "deposit-" + step, Amount.ZERO));
  }

  private void settle() {
    for (SettlementClosed settlement : List.copyOf(closed)) {
      execute(new MarkSettlementDelivered(settlement.number()));
      execute(new AcknowledgeSettlement(settlement.number(), "payout-" + settlement.number()));
    }
    closed.clear();
  }

  private void keepHistory() {
    marks.addLast(new Mark(state.position(), nowMs));
    if (nowMs % KEEP_EVERY_MS < STEP_MS) {
      long ended = newestBefore(nowMs - ENDED_STAY_MS);
      long keys = newestBefore(nowMs - KEYS_STAY_MS);
      while (marks.getFirst().atMs() < nowMs - KEYS_STAY_MS) {
        marks.removeFirst();
      }
      if (ended > 0) {
        execute(new KeepHistory(ended, keys));
      }
    }
  }

  private long newestBefore(long atMs) {
    long newest = 0;
    for (Mark mark : marks) {
      if (mark.atMs() > atMs) {
        break;
      }
      newest = mark.position();
    }
    return newest;
  }
}
