package io.phalanx.loadtests.readings;

import io.phalanx.placement.Preference;
import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A real engine on real stores, every miner of which runs a contract and sends its meter. */
final class MeteredFleet implements AutoCloseable {
  static final String CELL = "main";
  static final SigningKey KEY = SigningKey.of(new byte[SigningKey.SEED_BYTES]);

  private static final long SNAPSHOT_EVERY = 25_000;

  private final SqliteHistory history;
  private final SqliteReceipts receipts;
  private final Engine engine;
  private final List<Assignment> running = new ArrayList<>();
  private long sequence;
  private int next;

  /**
   * How it is.
   *
   * @param miners a multiple of the replicas
   * @param replicas of each deployment
   * @param clock of the engine
   * @param receiver where settlements go, if anywhere
   */
  record Shape(
      int miners, int replicas, InstantSource clock, @Nullable SettlementReceiver receiver) {}

  private MeteredFleet(Path folder, Shape shape) {
    history = SqliteHistory.open(folder);
    receipts = SqliteReceipts.open(folder);
    engine =
        Engine.start(
            new Engine.Stores(
                SqliteJournal.open(folder, CELL),
                () -> SqliteJournal.open(folder, CELL),
                new FileSnapshotStore(folder.resolve(FileSnapshotStore.FOLDER)),
                history,
                new SignedLog(receipts, KEY)),
            new EngineSettings(
                "node-1",
                shape.clock(),
                EngineMeter.NONE,
                SNAPSHOT_EVERY,
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                7),
            shape.receiver(),
            new SplittableRandom(1));
  }

  /** Starts it in an empty folder and waits until every miner runs something. */
  static MeteredFleet start(Path folder, Shape shape) {
    MeteredFleet fleet = new MeteredFleet(folder, shape);
    while (!fleet.engine.sequencer().isLeading()) {
      Thread.onSpinWait();
    }
    fleet.bePatient();
    List<CompletableFuture<Reply>> asked = new ArrayList<>();
    for (int i = 0; i < shape.miners(); i++) {
      RegisterMiner registration = registration(i);
      asked.add(fleet.ask(registration));
      asked.add(fleet.ask(new StartMiner(registration.minerId())));
    }
    for (int i = 0; i < shape.miners() / shape.replicas(); i++) {
      asked.add(
          fleet.ask(new CreateDeployment("dev", spec(shape.replicas()), Amount.ofPha(1_000_000))));
    }
    asked.forEach(MeteredFleet::done);
    fleet.awaitPlaced(shape.miners());
    return fleet;
  }

  /** Nobody is lost however long nobody is heard: heartbeats are not what is measured. */
  private void bePatient() {
    Policy now = engine.replica().read(state -> state.policy());
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
    done(ask(new ChangePolicy(now.with(miners), now.version())));
  }

  private void awaitPlaced(int miners) {
    Map<Long, Assignment> placed = Map.of();
    while (placed.size() < miners) {
      placed =
          engine
              .replica()
              .read(
                  state -> {
                    Map<Long, Assignment> all = new TreeMap<>();
                    state
                        .deployments()
                        .image()
                        .forEach(
                            deployment ->
                                state
                                    .assignments()
                                    .of(deployment.id())
                                    .forEach(one -> all.put(one.epoch(), one)));
                    return all;
                  });
    }
    running.addAll(placed.values());
    List<CompletableFuture<Reply>> asked = new ArrayList<>();
    running.forEach(one -> asked.add(ask(new AcknowledgeAssignment(one.id(), one.epoch()))));
    asked.forEach(MeteredFleet::done);
  }

  private static RegisterMiner registration(int number) {
    return new RegisterMiner(
        new MinerId(String.format("%064x", number)),
        "op-" + number,
        "eu",
        Amount.ofPha(5000),
        1000,
        GasPrice.of(10),
        new Evidence(1, "declared", 1, List.of(), 0, null, null));
  }

  private static DeploymentSpec spec(int replicas) {
    return new DeploymentSpec(
        null,
        "0x" + "ab".repeat(32),
        null,
        Tiers.of(List.of(1)),
        0,
        replicas,
        replicas,
        0,
        List.of(),
        List.of(),
        List.of(),
        Preference.BALANCED,
        GasPrice.of(10),
        Amount.ofPha(10_000),
        null,
        IsoDuration.of(Duration.ofDays(300)),
        new TreeMap<>());
  }

  /** The next readings of so many miners, in turn, each a little above its last. */
  List<Reading> readings(int count) {
    List<Reading> readings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      if (next == 0) {
        sequence++;
      }
      Assignment one = running.get(next);
      readings.add(new Reading(one.id(), one.epoch(), sequence, 7 * sequence, false));
      next = (next + 1) % running.size();
    }
    return readings;
  }

  CompletableFuture<Reply> ask(Command command) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    engine.sequencer().submit(new Submission(command, null, reply::complete));
    return reply;
  }

  /** The answer, when it was not refused. */
  static Outcome.Done done(CompletableFuture<Reply> asked) {
    Reply reply = asked.join();
    if (reply instanceof Reply.Decided decided && decided.outcome() instanceof Outcome.Done done) {
      return done;
    }
    throw new IllegalStateException("not done: " + reply);
  }

  int miners() {
    return running.size();
  }

  Engine engine() {
    return engine;
  }

  @Override
  public void close() {
    engine.close();
    history.close();
    receipts.close();
  }
}
