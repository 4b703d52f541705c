package io.phalanx.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.engine.Failpoint.Where;
import io.phalanx.scheduler.history.HistoryStore;
import io.phalanx.scheduler.history.SqliteHistory;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.proof.SettlementSeal;
import io.phalanx.scheduler.receipt.KeyFile;
import io.phalanx.scheduler.receipt.ReceiptStore;
import io.phalanx.scheduler.receipt.SignedLog;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.scheduler.settlement.Settlement;
import io.phalanx.scheduler.snapshot.FileSnapshotStore;
import io.phalanx.scheduler.snapshot.SnapshotStore;
import io.phalanx.scheduler.state.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A node on real stores that dies at a failpoint, and that its clients find started again when they
 * ask the next time.
 */
final class MortalNode implements AutoCloseable {
  /** What the payout layer got: a settlement, and what was signed of it. */
  record Delivered(Settlement settlement, SettlementSeal seal) {}

  private static final String CELL = "main";
  private static final int SNAPSHOT_EVERY = 10;
  private static final long LOOK_MS = 5;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final List<Delivered> delivered = new CopyOnWriteArrayList<>();
  private final AtomicLong pushedMs = new AtomicLong();
  private final Path folder;
  private Fuse fuse = new Fuse(null);
  private Life life;
  private int deaths;

  /** From one start to the end. */
  private record Life(Engine engine, HistoryStore history, ReceiptStore receipts, Fuse fuse) {}

  MortalNode(Path folder) {
    this.folder = folder;
    this.life = start();
  }

  /** From now on it dies when it passes that point; a node that has not started yet may. */
  void restartWith(Failpoint point) {
    end(life);
    fuse = new Fuse(point);
    life = start();
  }

  boolean hasDied() {
    return fuse.isBlown();
  }

  int deaths() {
    return deaths;
  }

  List<Delivered> delivered() {
    return delivered;
  }

  void pass(Duration time) {
    pushedMs.addAndGet(time.toMillis());
  }

  /** Asks until it is answered, over deaths and starts; a refusal is an answer. */
  Outcome ask(Command command, @Nullable KeyMark key) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < end) {
      Life now = alive();
      CompletableFuture<Reply> reply = new CompletableFuture<>();
      now.engine()
          .sequencer()
          .submit(new Submission(command, key, said -> answer(now, said, reply)));
      Reply said = await(now, reply);
      if (said instanceof Reply.Decided decided) {
        return decided.outcome();
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
    }
    throw new AssertionError(command + " was never answered");
  }

  private static void answer(Life now, Reply said, CompletableFuture<Reply> reply) {
    if (now.fuse().isBlown()) {
      return;
    }
    if (!(said instanceof Reply.Decided)) {
      reply.complete(said); // told at once, on the thread that asks
      return;
    }
    try {
      now.fuse().around(Set.of(Where.ANSWER), () -> reply.complete(said));
    } catch (Crash crash) {
      throw crash;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The answer; null when the node died before there was one. */
  private static @Nullable Reply await(Life now, CompletableFuture<Reply> reply)
      throws InterruptedException {
    while (!now.fuse().isBlown() || reply.isDone()) {
      try {
        return reply.get(LOOK_MS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillAlive) {
        // looks again
      } catch (java.util.concurrent.ExecutionException e) {
        throw new AssertionError(e);
      }
    }
    return null;
  }

  /** Waits until the committed state is so, over deaths and starts. */
  void await(String what, Predicate<State> wanted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!alive().engine().replica().read(wanted::test)) {
      assertThat(System.nanoTime()).as("%s did not come", what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
    }
  }

  /** The engine that runs; after a death that is one that was started anew. */
  Engine engine() {
    return alive().engine();
  }

  private Life alive() {
    if (fuse.isBlown()) {
      deaths++;
      end(life);
      fuse = new Fuse(null);
      life = start();
    }
    return life;
  }

  private Life start() {
    Fuse now = fuse;
    SqliteHistory history = SqliteHistory.open(folder);
    SqliteReceipts receipts = SqliteReceipts.open(folder);
    InstantSource clock = () -> Instant.ofEpochMilli(System.currentTimeMillis() + pushedMs.get());
    EngineSettings settings =
        new EngineSettings(
            "node-1",
            clock,
            EngineMeter.NONE,
            SNAPSHOT_EVERY,
            Duration.ofMillis(5),
            Duration.ofSeconds(1),
            7);
    SnapshotStore snapshots = new FileSnapshotStore(folder.resolve(FileSnapshotStore.FOLDER));
    Engine engine =
        Engine.start(
            new Engine.Stores(
                journal(now),
                () -> journal(now),
                now.guard(SnapshotStore.class, snapshots),
                now.guard(HistoryStore.class, history),
                new SignedLog(
                    now.guard(ReceiptStore.class, receipts),
                    KeyFile.open(folder.resolve(KeyFile.FILE), new Random(1)))),
            settings,
            now.guard(SettlementReceiver.class, this::take),
            new Random(1));
    Life started = new Life(engine, history, receipts, now);
    TestEngine.await(() -> now.isBlown() || engine.sequencer().isLeading());
    return started;
  }

  private boolean take(Settlement settlement, SettlementSeal seal) {
    return delivered.add(new Delivered(settlement, seal));
  }

  private Journal journal(Fuse now) {
    if (now.isBlown()) {
      throw new Crash("before it opened its journal");
    }
    return now.guard(Journal.class, SqliteJournal.open(folder, CELL));
  }

  private static void end(Life over) {
    over.engine().close();
    over.history().close();
    over.receipts().close();
  }

  /** Ends well, and opens what is left to be looked at. */
  SqliteJournal remains() {
    end(life);
    return SqliteJournal.open(folder, CELL);
  }

  @Override
  public void close() {
    end(life);
  }
}
