package io.phalanx.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.placement.Preference;
import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.deployment.AssignmentState;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.deployment.Tiers;
import io.phalanx.scheduler.history.HistoryStore;
import io.phalanx.scheduler.history.SqliteHistory;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.proof.SigningKeys;
import io.phalanx.scheduler.receipt.KeyFile;
import io.phalanx.scheduler.receipt.ReceiptStore;
import io.phalanx.scheduler.receipt.SignedLog;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.snapshot.FileSnapshotStore;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.IsoDuration;
import io.phalanx.scheduler.view.Answer;
import io.phalanx.scheduler.view.GasResults;
import io.phalanx.scheduler.view.HeartbeatView;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A real engine on a real store in a folder, with a clock that tests push forward. */
final class TestEngine implements AutoCloseable {

  final Engine engine;
  final List<Settlement> delivered = new CopyOnWriteArrayList<>();
  final AtomicReference<FlakyJournal.Fault> fault = new AtomicReference<>(FlakyJournal.Fault.NONE);
  final List<SettlementSeal> seals = new CopyOnWriteArrayList<>();
  private final HistoryStore history;
  private final ReceiptStore receipts;
  private static final AtomicLong OFFSET_MS = new AtomicLong();
  private static final AtomicLong SEQUENCE = new AtomicLong();

  TestEngine(Path folder, long snapshotEvery) {
    history = SqliteHistory.open(folder);
    receipts = SqliteReceipts.open(folder);
    SigningKeys keys = KeyFile.open(folder.resolve(KeyFile.FILE), new Random(1));
    InstantSource clock = () -> Instant.ofEpochMilli(nowMs());
    EngineSettings settings =
        new EngineSettings(
            "node-1",
            clock,
            EngineMeter.NONE,
            snapshotEvery,
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            7);
    engine =
        Engine.start(
            new Engine.Stores(
                journal(folder),
                () -> journal(folder),
                new FileSnapshotStore(folder.resolve(FileSnapshotStore.FOLDER)),
                history,
                new SignedLog(receipts, keys)),
            settings,
            (settlement, seal) -> {
              delivered.add(settlement);
              seals.add(seal);
              return true;
            },
            new Random(1));
    await(() -> engine.sequencer().isLeading());
  }

  private Journal journal(Path folder) {
    return new FlakyJournal(SqliteJournal.open(folder, "main"), fault);
  }

  /** Time passes. */
  static void pass(Duration time) {
    OFFSET_MS.addAndGet(time.toMillis());
  }

  Reply reply(Command command, @Nullable KeyMark key) throws Exception {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    engine.sequencer().submit(new Submission(command, key, reply::complete));
    return reply.get(10, TimeUnit.SECONDS);
  }

  Outcome outcome(Command command) throws Exception {
    return ((Reply.Decided) reply(command, null)).outcome();
  }

  Answer done(Command command) throws Exception {
    return ((Outcome.Done) outcome(command)).answer();
  }

  /** Does what the miner is asked to do: takes it, meters it, completes it. */
  void work(MinerId miner) throws Exception {
    HeartbeatView heard =
        (HeartbeatView) done(new Heartbeat(miner, SEQUENCE.incrementAndGet(), null));
    if (heard.assignments().isEmpty()) {
      assertThat(heard.state()).isEqualTo(MinerState.IDLE);
      return;
    }
    HeartbeatView.Order order = heard.assignments().get(0);
    assertThat(order.state()).isEqualTo(AssignmentState.OFFERED);
    done(new AcknowledgeAssignment(order.id(), order.epoch()));
    Reading reading = new Reading(order.id(), order.epoch(), 1, 1_000_000, true);
    GasResults gas = (GasResults) done(new ReportGas(List.of(reading)));
    GasResults.Charged charged = (GasResults.Charged) gas.results().get(0);
    assertThat(charged.charged())
        .isEqualTo(new Amount(order.gasPrice().pico().multiply(BigInteger.valueOf(1_000_000))));
    done(new CompleteAssignment(order.id(), order.epoch(), null));
  }

  /** The clock of all engines, Unix milliseconds. */
  static long nowMs() {
    return System.currentTimeMillis() + OFFSET_MS.get();
  }

  void awaitState(Predicate<State> condition) {
    await(() -> engine.replica().read(condition::test));
  }

  static void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not happen within 20 s");
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  static MinerId minerId(int number) {
    return new MinerId(String.format("%064x", number));
  }

  static RegisterMiner registration(int number) {
    Evidence evidence = new Evidence(1 + number % 5, "declared", 1, List.of(), 0, null, null);
    return new RegisterMiner(
        minerId(number),
        "op-" + number % 3,
        "eu",
        Amount.ofPha(5000),
        1000,
        GasPrice.of(100 + number),
        evidence);
  }

  static CreateDeployment deployment(int replicas) {
    return new CreateDeployment(
        "dev",
        new DeploymentSpec(
            null,
            "0x" + "ab".repeat(32),
            null,
            Tiers.of(List.of(1, 2, 3, 4, 5)),
            0,
            replicas,
            replicas,
            0,
            List.of(),
            List.of(),
            List.of(),
            Preference.BALANCED,
            GasPrice.of(1000),
            Amount.ofPha(5),
            null,
            new IsoDuration("P30D"),
            new TreeMap<>()),
        Amount.ofPha(1_000_000));
  }

  @Override
  public void close() {
    engine.close();
    history.close();
    receipts.close();
  }
}
