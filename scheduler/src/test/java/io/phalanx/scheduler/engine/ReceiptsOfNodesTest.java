package io.phalanx.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.MinerCommand.RegisterMiner;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.command.SystemCommand.ChangePolicy;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.history.PostgresHistory;
import io.phalanx.scheduler.journal.Hash;
import io.phalanx.scheduler.journal.PostgresJournal;
import io.phalanx.scheduler.merkle.MerkleTree;
import io.phalanx.scheduler.policy.MinerRules;
import io.phalanx.scheduler.policy.Policy;
import io.phalanx.scheduler.proof.ReceiptCheck;
import io.phalanx.scheduler.proof.ReceiptEvidence;
import io.phalanx.scheduler.proof.SigningKey;
import io.phalanx.scheduler.proof.SigningKeys;
import io.phalanx.scheduler.proof.TreeHead;
import io.phalanx.scheduler.receipt.ReceiptQuery;
import io.phalanx.scheduler.receipt.SignedLog;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.scheduler.receipt.StoredReceipt;
import io.phalanx.scheduler.snapshot.PostgresSnapshotStore;
import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.scheduler.storage.TestPostgres;
import io.phalanx.scheduler.view.DeploymentView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that share a journal build the log of receipts each for itself, and all build the same. */
class ReceiptsOfNodesTest {
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

  /** The second key signs from the third hour on. */
  private static final SigningKeys KEYS =
      new SigningKeys(
          List.of(
              new SigningKeys.Dated(null, SigningKey.of(new byte[SigningKey.SEED_BYTES])),
              new SigningKeys.Dated(NEW_YEAR.plus(Duration.ofHours(2)), second())));

  @TempDir Path folder;
  private final AtomicLong nowMs = new AtomicLong(NEW_YEAR.toEpochMilli());
  private final PostgresServer server = TestPostgres.cell();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Node leader;
  private Assignment running;
  private long sequence;

  private static SigningKey second() {
    byte[] seed = new byte[SigningKey.SEED_BYTES];
    seed[0] = 2;
    return SigningKey.of(seed);
  }

  /** A node with a folder of its own. */
  private record Node(Engine engine, SqliteReceipts receipts) {
    long size() {
      return receipts.size();
    }

    MerkleTree tree() {
      return new MerkleTree(receipts, receipts.size());
    }

    ObjectNode head(long atMs) {
      return new TreeHead(size(), tree().root(size()), atMs).signed(KEYS.at(atMs));
    }
  }

  /** Of a node that only follows. */
  private static final class NeverLeads implements Leadership {
    @Override
    public OptionalLong awaitTurn(LongSupplier newestEpoch) throws InterruptedException {
      Thread.sleep(5);
      return OptionalLong.empty();
    }

    @Override
    public void claimed(long epoch) {}

    @Override
    public boolean keeps() {
      return false;
    }

    @Override
    public boolean holds() {
      return false;
    }

    @Override
    public void committed(long position) {}

    @Override
    public void ended(boolean fenced) {}

    @Override
    public void resign() {}
  }

  private Node node(String name, Leadership leadership) {
    SqliteReceipts receipts = SqliteReceipts.open(folder.resolve(name));
    PostgresHistory history = PostgresHistory.open(server);
    InstantSource clock = () -> Instant.ofEpochMilli(nowMs.get());
    Engine engine =
        Engine.start(
            new Engine.Stores(
                PostgresJournal.open(server),
                () -> PostgresJournal.open(server),
                PostgresSnapshotStore.open(server),
                history,
                new SignedLog(receipts, KEYS)),
            new EngineSettings(
                name,
                clock,
                EngineMeter.NONE,
                1_000_000,
                Duration.ofMillis(5),
                Duration.ofSeconds(1),
                7),
            null,
            new Random(1),
            leadership);
    opened.add(history);
    opened.add(receipts);
    opened.add(engine);
    return new Node(engine, receipts);
  }

  private Object done(Command command) throws Exception {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    leader.engine().sequencer().submit(new Submission(command, null, reply::complete));
    Outcome outcome = ((Reply.Decided) reply.get(10, TimeUnit.SECONDS)).outcome();
    return ((Outcome.Done) outcome).answer();
  }

  @BeforeEach
  void startALeaderWithAMinerThatRuns() throws Exception {
    leader = node("leader", Leadership.ALONE);
    TestEngine.await(() -> leader.engine().sequencer().isLeading());
    Policy now = leader.engine().replica().read(state -> state.policy());
    done(new ChangePolicy(patient(now), now.version()));
    RegisterMiner registration = TestEngine.registration(1);
    done(registration);
    done(new StartMiner(registration.minerId()));
    DeploymentView created = (DeploymentView) done(TestEngine.deployment(1));
    TestEngine.await(() -> !assignments(created).isEmpty());
    running = assignments(created).get(0);
    done(new AcknowledgeAssignment(running.id(), running.epoch()));
  }

  /** Nobody is lost however long the clock jumps. */
  private static Policy patient(Policy now) {
    MinerRules m = now.miners();
    return now.with(
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
            m.strikeCordon()));
  }

  private List<Assignment> assignments(DeploymentView created) {
    return leader.engine().replica().read(state -> state.assignments().of(created.id()));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  /** Each is charged, in a period of its own. */
  private void charge(int readings, Duration pause) throws Exception {
    for (int i = 0; i < readings; i++) {
      sequence++;
      done(
          new ReportGas(
              List.of(new Reading(running.id(), running.epoch(), sequence, 3 * sequence, false))));
      nowMs.addAndGet(pause.toMillis());
    }
  }

  private void awaitEqual(Node other) {
    long position = leader.engine().replica().head().last();
    TestEngine.await(
        () ->
            leader.engine().receipts().reached() >= position
                && other.engine().receipts().reached() >= position);
  }

  private void assertSameLog(Node other) {
    assertThat(other.size()).isEqualTo(leader.size());
    assertThat(other.head(nowMs.get())).isEqualTo(leader.head(nowMs.get()));
    ReceiptQuery newest = ReceiptQuery.newest(1_000);
    assertThat(other.receipts().page(newest)).isEqualTo(leader.receipts().page(newest));
    long settlements = leader.engine().replica().read(state -> state.settlements().lastNumber());
    for (long number = 1; number <= settlements; number++) {
      assertThat(other.receipts().seal(number))
          .isPresent()
          .isEqualTo(leader.receipts().seal(number));
    }
  }

  /** A receipt and its proof of one node under the head of another. */
  private static void assertProven(Node of, Node by, long leaf, ObjectNode earlier, long atMs)
      throws IOException {
    StoredReceipt receipt = of.receipts().page(ReceiptQuery.oldest(1).after(leaf - 1)).get(0);
    ObjectNode shown = CoreJson.stored().readValue(receipt.body(), ObjectNode.class);
    long size = by.size();
    ObjectNode proof =
        JsonNodeFactory.instance.objectNode().put("leafIndex", leaf).put("treeSize", size);
    path(proof, of.tree().inclusion(leaf, size).path());
    long first = earlier.path("treeSize").longValue();
    ObjectNode consistency = JsonNodeFactory.instance.objectNode();
    path(consistency, of.tree().consistency(first, size).path());
    ReceiptEvidence evidence =
        new ReceiptEvidence(
            shown.put("leafIndex", leaf),
            proof,
            by.head(atMs),
            new ReceiptEvidence.Earlier(earlier, consistency));
    assertThat(ReceiptCheck.of(evidence, KEYS.verifying()))
        .hasSize(5)
        .allMatch(ReceiptCheck.Finding::passed);
  }

  private static void path(ObjectNode answer, List<Hash> path) {
    var hashes = answer.putArray("path");
    path.forEach(hash -> hashes.add(hash.hex()));
  }

  @Nested
  class AFreshNode {
    @Test
    void buildsTheSameLogAndFollowsIt() throws Exception {
      charge(20, Duration.ofMinutes(11));
      charge(300, Duration.ofMillis(1));
      Node fresh = node("fresh", new NeverLeads());
      assertThat(fresh.engine().replica().head().last()).isPositive();
      awaitEqual(fresh);
      assertThat(fresh.engine().receipts().isRebuilt()).isTrue();
      assertSameLog(fresh);
      ObjectNode earlier = leader.head(nowMs.get());
      charge(290, Duration.ofSeconds(3));
      awaitEqual(fresh);
      assertSameLog(fresh);
      assertProven(fresh, leader, 3, earlier, nowMs.get());
      assertProven(leader, fresh, 605, earlier, nowMs.get());
    }

    @Test
    void signsThePastWithTheKeysOfThen() throws Exception {
      charge(20, Duration.ofMinutes(11));
      charge(1, Duration.ZERO);
      Node fresh = node("fresh", new NeverLeads());
      awaitEqual(fresh);
      assertSameLog(fresh);
      String old = KEYS.oldest().keyId();
      String young = second().keyId();
      assertThat(fresh.receipts().seal(1).orElseThrow()).contains(old).doesNotContain(young);
      long last = leader.engine().replica().read(state -> state.settlements().lastNumber());
      assertThat(fresh.receipts().seal(last).orElseThrow()).contains(young).doesNotContain(old);
    }
  }
}
