package io.phalanx.api.evidence;

import io.phalanx.scheduler.command.MinerCommand.ReviewEvidence;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.HistoryKinds;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.engine.Submission;
import io.phalanx.scheduler.history.HistoryItem;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.miner.Collateral;
import io.phalanx.scheduler.miner.CollateralRef;
import io.phalanx.scheduler.miner.Evidence;
import io.phalanx.scheduler.miner.EvidenceFile;
import io.phalanx.scheduler.miner.Miner;
import io.phalanx.scheduler.miner.Proven;
import io.phalanx.scheduler.miner.TierChangeReason;
import io.phalanx.scheduler.state.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges kept evidence again when the policy changes, when collateral is published, and from time
 * to time: on the node that leads, on a thread of its own, one machine after the other at a limited
 * rate. What is due follows from the state alone, so a new leader goes on where the old one was.
 */
public final class EvidenceReviewer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceReviewer.class);
  private static final long LOOK_EVERY_MS = 100;
  private static final long ANSWER_WITHIN_MS = 10_000;

  /** What is due by time alone is looked for so often; by a change, at once. */
  private static final long SCAN_EVERY_NANOS = Duration.ofSeconds(60).toNanos();

  /** What could not be judged is tried again after so long: it may not be in the history yet. */
  private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Deque<MinerId> due = new ArrayDeque<>();
  private final EvidenceCheck check;
  private final Engine engine;
  private final InstantSource clock;
  private final Thread thread;
  private volatile boolean closing;
  private @Nullable Ground ground;
  private long scanAtNanos;

  /** What verdicts rest on; something is due once it is another. */
  private record Ground(long rulesVersion, List<CollateralRef> published) {}

  private record Subject(Miner miner, TierChangeReason reason, @Nullable Collateral published) {}

  private EvidenceReviewer(EvidenceCheck check, Engine engine, InstantSource clock) {
    this.check = check;
    this.engine = engine;
    this.clock = clock;
    this.thread = new Thread(this::run, "phalanx-evidence");
    this.thread.setDaemon(true);
  }

  /** One for that engine; it works while the engine leads. */
  public static EvidenceReviewer start(EvidenceCheck check, Engine engine, InstantSource clock) {
    EvidenceReviewer reviewer = new EvidenceReviewer(check, engine, clock);
    reviewer.thread.start();
    return reviewer;
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closing) {
      try {
        if (!engine.sequencer().isLeading()) {
          due.clear();
          ground = null;
          check.meter().awaitingReview(0);
          Thread.sleep(LOOK_EVERY_MS);
        } else if (due.isEmpty()) {
          lookForWork();
        } else {
          reviewNext();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.warn("event=evidence-review-failed reason=\"{}\"", e.toString());
        scanAgainIn(RETRY_NANOS);
      }
    }
  }

  private void lookForWork() throws InterruptedException {
    Ground now = engine.replica().read(EvidenceReviewer::ground);
    if (now.equals(ground) && System.nanoTime() - scanAtNanos < 0) {
      Thread.sleep(LOOK_EVERY_MS);
      return;
    }
    ground = now;
    scanAgainIn(SCAN_EVERY_NANOS);
    long atMs = clock.millis();
    engine
        .replica()
        .read(
            state -> {
              for (MinerId id : state.miners().inOrder().values()) {
                if (reason(state, state.miners().known(id).evidence(), atMs).isPresent()) {
                  due.add(id);
                }
              }
              return true;
            });
    check.meter().awaitingReview(due.size());
    if (!due.isEmpty()) {
      LOG.info("event=evidence-review-begins miners={}", due.size());
    }
  }

  private void scanAgainIn(long nanos) {
    scanAtNanos = System.nanoTime() + nanos;
  }

  private static Ground ground(State state) {
    return new Ground(
        state.trust().rulesVersion(),
        state.trust().published().stream().map(Collateral::ref).toList());
  }

  private static Optional<TierChangeReason> reason(State state, Evidence evidence, long atMs) {
    return state.trust().due(evidence, state.policy().attestation().reviewEvery(), atMs);
  }

  private void reviewNext() throws InterruptedException {
    long started = System.nanoTime();
    MinerId id = due.remove();
    Optional<Subject> subject =
        engine.replica().read(state -> state.miners().find(id).flatMap(m -> subject(state, m)));
    if (subject.isPresent() && !review(subject.get())) {
      scanAgainIn(RETRY_NANOS);
    }
    check.meter().awaitingReview(due.size());
    int perSecond = engine.replica().read(state -> state.policy().attestation().reviewsPerSecond());
    long leftNanos = TimeUnit.SECONDS.toNanos(1) / perSecond - (System.nanoTime() - started);
    if (leftNanos > 0) {
      TimeUnit.NANOSECONDS.sleep(leftNanos);
    }
  }

  private Optional<Subject> subject(State state, Miner miner) {
    Proven proven = miner.evidence().proven();
    CollateralRef beside = proven == null ? null : proven.collateral();
    Collateral published =
        beside == null ? null : state.trust().published(beside.family()).orElse(null);
    boolean counts =
        beside != null && published != null && published.ref().issuedAtMs() >= beside.issuedAtMs();
    return reason(state, miner.evidence(), clock.millis())
        .map(reason -> new Subject(miner, reason, counts ? published : null));
  }

  /** Whether the evidence was judged; it is not while it is on its way into the history. */
  private boolean review(Subject subject) throws InterruptedException {
    Miner miner = subject.miner();
    Evidence before = miner.evidence();
    Proven proven = before.proven();
    Optional<EvidenceFile> file =
        body(HistoryKinds.EVIDENCE, miner.id().text(), EvidenceFile.class);
    if (proven == null || file.isEmpty()) {
      return false;
    }
    Collateral beside = beside(subject, proven);
    Optional<io.phalanx.attestation.Evidence> given = Verdicts.evidence(file.get(), beside);
    boolean isThere = given.isPresent() && given.get().hash().hex().equals(before.evidenceHash());
    return isThere
        && submit(
            new ReviewEvidence(
                miner.id(),
                check.again(miner.id(), before, proven, given.get(), beside),
                subject.reason()));
  }

  private @Nullable Collateral beside(Subject subject, Proven proven) {
    CollateralRef own = proven.collateral();
    if (own == null || subject.published() != null) {
      return subject.published();
    }
    return body(HistoryKinds.COLLATERAL, own.hash(), Collateral.class).orElse(null);
  }

  private <T> Optional<T> body(String kind, String id, Class<T> type) {
    Optional<HistoryItem> item = engine.history().get(kind, id);
    return item.map(found -> HistoryKinds.body(found, type));
  }

  private boolean submit(ReviewEvidence command) throws InterruptedException {
    CountDownLatch answered = new CountDownLatch(1);
    AtomicBoolean taken = new AtomicBoolean();
    engine
        .sequencer()
        .submit(
            new Submission(
                command,
                null,
                reply -> {
                  taken.set(reply instanceof Reply.Decided);
                  answered.countDown();
                }));
    return answered.await(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS) && taken.get();
  }
}
