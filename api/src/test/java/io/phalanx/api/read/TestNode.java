package io.phalanx.api.read;

import io.phalanx.placement.Preference;
import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.deployment.Tiers;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.EngineMeter;
import io.phalanx.scheduler.engine.EngineSettings;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.engine.Submission;
import io.phalanx.scheduler.history.HistoryStore;
import io.phalanx.scheduler.history.SqliteHistory;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.receipt.KeyFile;
import io.phalanx.scheduler.receipt.SignedLog;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.scheduler.snapshot.FileSnapshotStore;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.IsoDuration;
import io.phalanx.scheduler.view.Answer;
import io.phalanx.scheduler.view.DeploymentView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A real engine on real stores in a folder, with a clock that tests push forward. */
final class TestNode implements AutoCloseable {

  static final String DEVELOPER = "dev";

  private static final long START_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final AtomicLong PUSHED_MS = new AtomicLong();

  final Engine engine;
  final InstantSource clock;
  private final HistoryStore history;
  private final SqliteReceipts receipts;

  TestNode(Path folder) {
    history = SqliteHistory.open(folder);
    receipts = SqliteReceipts.open(folder);
    long base = START_MS - System.currentTimeMillis();
    clock = () -> Instant.ofEpochMilli(System.currentTimeMillis() + base + PUSHED_MS.get());
    engine =
        Engine.start(
            new Engine.Stores(
                SqliteJournal.open(folder, "main"),
                () -> SqliteJournal.open(folder, "main"),
                new FileSnapshotStore(folder.resolve(FileSnapshotStore.FOLDER)),
                history,
                new SignedLog(receipts, KeyFile.open(folder.resolve(KeyFile.FILE), new Random(1)))),
            new EngineSettings(
                "node-1",
                clock,
                EngineMeter.NONE,
                1_000_000,
                Duration.ofMillis(5),
                Duration.ofSeconds(1),
                7),
            (settlement, seal) -> true,
            new Random(1));
    await(() -> engine.sequencer().isLeading());
  }

  /** Time passes, for every node. */
  static void pass(Duration time) {
    PUSHED_MS.addAndGet(time.toMillis());
  }

  /** What has ended leaves the state. */
  void letGo(Predicate<State> gone) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!engine.replica().read(gone::test)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not leave the state within 20 s");
      }
      pass(Duration.ofSeconds(20));
      deposit("clock"); // time shows only in stamps
      sleep(120);
    }
  }

  void deposit(String developer) {
    String reference = "r" + PUSHED_MS.incrementAndGet();
    done(
        new io.phalanx.scheduler.command.AccountCommand.Deposit(
            developer, Amount.of(1), reference, Amount.ZERO));
  }

  Outcome outcome(Command command, @Nullable KeyMark key) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    engine.sequencer().submit(new Submission(command, key, reply::complete));
    return ((Reply.Decided) reply.orTimeout(10, TimeUnit.SECONDS).join()).outcome();
  }

  Answer done(Command command) {
    return ((Outcome.Done) outcome(command, null)).answer();
  }

  DeploymentId create(DeploymentSpec spec) {
    return create(DEVELOPER, spec);
  }

  DeploymentId create(String developer, DeploymentSpec spec) {
    CreateDeployment command = new CreateDeployment(developer, spec, Amount.ofPha(1_000_000));
    return ((DeploymentView) done(command)).id();
  }

  void startMiner(RegisterMiner registration) {
    done(registration);
    done(new StartMiner(registration.minerId()));
  }

  void awaitState(Predicate<State> condition) {
    await(() -> engine.replica().read(condition::test));
  }

  /** The deployment's newest assignment. */
  Assignment newest(DeploymentId id) {
    List<Assignment> all = engine.replica().read(state -> state.assignments().of(id));
    return all.get(all.size() - 1);
  }

  void acknowledge(Assignment assignment) {
    done(new AcknowledgeAssignment(assignment.id(), assignment.epoch()));
  }

  void read(Assignment assignment, long sequence, long gasUsed) {
    Reading reading = new Reading(assignment.id(), assignment.epoch(), sequence, gasUsed, false);
    done(new ReportGas(List.of(reading)));
  }

  void complete(Assignment assignment) {
    done(
        new ReportGas(
            List.of(
                new Reading(
                    assignment.id(), assignment.epoch(), Long.MAX_VALUE >> 12, 1_000_000, true))));
    done(new CompleteAssignment(assignment.id(), assignment.epoch(), null));
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not happen within 20 s");
      }
      sleep(5);
    }
  }

  private static void sleep(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static MinerId minerId(int number) {
    return new MinerId(String.format("%064x", number));
  }

  static RegisterMiner miner(int number, int tier, String operator, long ask) {
    Evidence evidence = new Evidence(tier, "declared", 1, List.of(), 0, null, null);
    return new RegisterMiner(
        minerId(number),
        operator,
        number % 2 == 0 ? "eu" : "us",
        Amount.ofPha(5000),
        1000 + number,
        GasPrice.of(ask),
        evidence);
  }

  static DeploymentSpec spec(int replicas) {
    return spec(replicas, List.of(1, 2, 3, 4, 5), 1000, Map.of());
  }

  static DeploymentSpec spec(
      int replicas, List<Integer> tiers, long bid, Map<String, String> labels) {
    return new DeploymentSpec(
        null,
        "0x" + "ab".repeat(32),
        null,
        Tiers.of(tiers),
        0,
        replicas,
        replicas,
        0,
        List.of(),
        List.of(),
        List.of(),
        Preference.BALANCED,
        GasPrice.of(bid),
        Amount.ofPha(5),
        null,
        new IsoDuration("P30D"),
        new TreeMap<>(labels));
  }

  @Override
  public void close() {
    engine.close();
    history.close();
    receipts.close();
  }
}
