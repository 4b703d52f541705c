package io.phalanx.api.payout;

import io.phalanx.placement.Preference;
import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.SystemCommand.ChangePolicy;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.deployment.Tiers;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.EngineMeter;
import io.phalanx.scheduler.engine.EngineSettings;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.engine.SettlementReceiver;
import io.phalanx.scheduler.engine.Submission;
import io.phalanx.scheduler.history.HistoryStore;
import io.phalanx.scheduler.history.SqliteHistory;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.policy.MinerRules;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.proof.SigningKey;
import io.phalanx.scheduler.receipt.SignedLog;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.scheduler.snapshot.FileSnapshotStore;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.IsoDuration;
import io.phalanx.scheduler.view.DeploymentView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A real engine whose miners run contracts for ever, with a clock that only the test moves. */
final class BilledNode implements AutoCloseable {
  static final SigningKey KEY = SigningKey.of(new byte[SigningKey.SEED_BYTES]);

  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final long BUSY_GAS = 500;

  private final AtomicLong nowMs =
      new AtomicLong(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
  private final List<Assignment> running = new ArrayList<>();
  private final HistoryStore history;
  private final SqliteReceipts receipts;
  private final Engine engine;
  private long sequence;

  BilledNode(Path folder, int miners, SettlementReceiver receiver) {
    history = SqliteHistory.open(folder);
    receipts = SqliteReceipts.open(folder);
    engine =
        Engine.start(
            new Engine.Stores(
                SqliteJournal.open(folder, "main"),
                () -> SqliteJournal.open(folder, "main"),
                new FileSnapshotStore(folder.resolve(FileSnapshotStore.FOLDER)),
                history,
                new SignedLog(receipts, KEY)),
            new EngineSettings(
                "node-1",
                clock(),
                EngineMeter.NONE,
                1_000_000,
                Duration.ofMillis(5),
                Duration.ofSeconds(1),
                7),
            receiver,
            new Random(1));
    await(() -> engine.sequencer().isLeading());
    Policy now = engine.replica().read(state -> state.policy());
    done(new ChangePolicy(patient(now), now.version()));
    for (int i = 1; i <= miners; i++) {
      hire(i);
    }
  }

  InstantSource clock() {
    return () -> Instant.ofEpochMilli(nowMs.get());
  }

  Engine engine() {
    return engine;
  }

  /** Nobody is lost however long the clock jumps. */
  private static Policy patient(Policy now) {
    MinerRules m = now.miners();
    MinerRules miners =
        new MinerRules(
            m.minimumPerformance(),
            m.stakeFactor(),
            m.highestValuePha(),
            m.coolDown(),
            Duration.ofDays(300),
            m.silenceGrace(),
            m.nextHeartbeatIn(),
            m.driftPercent(),
            m.massSilencePercent(),
            m.massSilenceMinimum(),
            m.massSilencePause(),
            m.strikesToCordon(),
            m.strikeCordon());
    return now.with(miners).withSettlementPeriod(PERIOD);
  }

  private void hire(int number) {
    MinerId id = new MinerId(String.format("%064x", number));
    Evidence evidence = new Evidence(1, "declared", 1, List.of(), 0, null, null);
    done(
        new RegisterMiner(
            id, "op-" + number, "eu", Amount.ofPha(5000), 1000, GasPrice.of(7), evidence));
    done(new StartMiner(id));
    DeploymentSpec spec =
        new DeploymentSpec(
            null,
            "0x" + "ab".repeat(32),
            null,
            Tiers.of(List.of(1)),
            0,
            1,
            1,
            1,
            List.of(),
            List.of(),
            List.of(),
            Preference.BALANCED,
            GasPrice.of(10),
            Amount.ofPha(1_000),
            null,
            IsoDuration.of(Duration.ofDays(300)),
            new TreeMap<>());
    var created = (DeploymentView) done(new CreateDeployment("dev", spec, Amount.ofPha(1_000_000)));
    await(() -> !engine.replica().read(s -> s.assignments().of(created.id())).isEmpty());
    Assignment placed = engine.replica().read(s -> s.assignments().of(created.id())).get(0);
    done(new AcknowledgeAssignment(placed.id(), placed.epoch()));
    running.add(placed);
  }

  /** So many periods, in each of which every miner is charged for something. */
  void bill(int periods) {
    for (int i = 0; i < periods; i++) {
      sequence++;
      List<Reading> readings = new ArrayList<>();
      for (Assignment assignment : running) {
        readings.add(
            new Reading(assignment.id(), assignment.epoch(), sequence, sequence * BUSY_GAS, false));
      }
      nowMs.addAndGet(PERIOD.toMillis());
      done(new ReportGas(readings));
    }
    nowMs.addAndGet(PERIOD.toMillis());
    long closed = sequence;
    await(() -> engine.replica().read(s -> s.settlements().lastNumber()) >= closed);
  }

  io.phalanx.scheduler.view.Answer done(Command command) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    engine.sequencer().submit(new Submission(command, null, reply::complete));
    Outcome outcome = ((Reply.Decided) reply.orTimeout(10, TimeUnit.SECONDS).join()).outcome();
    return ((Outcome.Done) outcome).answer();
  }

  static void await(BooleanSupplier condition) {
    await(condition, 60);
  }

  static void await(BooleanSupplier condition, long withinSeconds) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(withinSeconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not happen within " + withinSeconds + " s");
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    engine.close();
    history.close();
    receipts.close();
  }
}
