package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.SystemCommand.TakeOver;
import io.phalanx.scheduler.command.SystemCommand.Tick;
import io.phalanx.scheduler.decide.Liveness;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decide.Writer;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.UnknownEventException;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.journal.Author;
import io.phalanx.scheduler.journal.CorruptJournalException;
import io.phalanx.scheduler.journal.FencedException;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.JournalWentBackException;
import io.phalanx.scheduler.journal.StoreFailedException;
import io.phalanx.scheduler.journal.UnknownOutcomeException;
import io.phalanx.scheduler.state.ChangeListener;
import io.phalanx.scheduler.state.State;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer's single thread. While this node leads, it takes commands in order, decides them on
 * its own state and hands what happened to the committer; while another does, it folds that one's
 * rows into the replica. When the store fails it throws its state away, opens the store again and
 * goes on from what is committed.
 */
public final class Sequencer implements Writes, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
  private static final int QUEUED_COMMANDS = 65_536;
  private static final int COMMANDS_PER_BATCH = 2048;
  private static final long TICK_MS = 100;
  private static final long RECOVERY_PAUSE_MS = 500;

  private final BlockingQueue<Submission> queue = new LinkedBlockingQueue<>(QUEUED_COMMANDS);
  private final Supplier<Journal> journals;
  private final Replica replica;
  private final Liveness liveness;
  private final String node;
  private final InstantSource clock;
  private final EngineMeter meter;
  private final Leadership leadership;
  private final Thread thread;
  private volatile Journal journal;
  private volatile long epoch;
  private volatile boolean leading;
  private volatile boolean closing;
  private volatile @Nullable RuntimeException failure;
  private @Nullable JournalRow unsettled;
  private boolean rehearsed;
  private Batch current = new Batch();

  /**
   * A sequencer that does not run yet.
   *
   * @param journal the open journal
   * @param journals opens the journal again after it failed
   * @param replica the committed state
   * @param liveness who was heard when
   * @param settings the node's name, the wall clock and where figures go
   * @param leadership when to lead
   */
  public Sequencer(
      Journal journal,
      Supplier<Journal> journals,
      Replica replica,
      Liveness liveness,
      EngineSettings settings,
      Leadership leadership) {
    this.leadership = leadership;
    this.journal = journal;
    this.journals = journals;
    this.replica = replica;
    this.liveness = liveness;
    this.node = settings.node();
    this.clock = settings.clock();
    this.meter = settings.meter();
    this.thread = new Thread(this::run, "phalanx-writer");
    this.thread.setDaemon(true);
  }

  /** Starts to lead, or to follow. */
  public void start() {
    thread.start();
  }

  /** Whether commands are decided here now. */
  public boolean isLeading() {
    return leading;
  }

  /** The epoch in which this node leads or led last. */
  public long epoch() {
    return epoch;
  }

  /**
   * Why this node can go on no more, once that is so: its journal is damaged or went back, or has
   * what only a newer version understands. What it shows stays as it was before that.
   */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Ends the term, if there is one, after what is queued; this node only follows from then on. */
  public void resign() {
    LOG.info("event=handing-over node={} leading={}", node, leading);
    leadership.resign();
    queue.offer(new Submission(new Tick(), null, reply -> {})); // so that it is noticed at once
  }

  /** The journal that is written to now. */
  Journal journal() {
    return journal;
  }

  /** How many commands wait. */
  public int queued() {
    return queue.size();
  }

  @Override
  public void submit(Submission submission) {
    if (!leading || closing) {
      submission.onReply().accept(new Reply.NotDone("No leader takes writes now."));
    } else if (!queue.offer(submission)) {
      meter.refusedBusy();
      submission.onReply().accept(new Reply.NotDone("Too many writes wait."));
    }
  }

  /** Hands over several commands that arrived together. */
  public void submit(Collection<Submission> submissions) {
    submissions.forEach(this::submit);
  }

  /** Decides what is queued, commits it and ends. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing) {
        turn();
      }
    } catch (UnknownEventException e) {
      failed(e);
      LOG.error("event=version-too-old node={} reason=\"{}\"", node, e.getMessage());
    } catch (RuntimeException e) {
      failed(e);
      LOG.error("event=writer-stopped node={}", node, e);
    } finally {
      leading = false;
      failQueued("The node is stopping.");
      closeJournal();
    }
  }

  /** What a broken disk makes of the end of a journal is no news: the next start reads it. */
  private void closeJournal() {
    try {
      journal.close();
    } catch (StoreFailedException e) {
      LOG.warn("event=journal-not-closed node={} reason={}", node, e.getMessage());
    }
  }

  /** It may have claimed the lead already: another is to have it at once. */
  private void failed(RuntimeException e) {
    failure = e;
    leadership.resign();
    leadership.ended(false);
  }

  /** Leads for a term if it is this node's turn, follows for a moment if it is not. */
  private void turn() {
    try {
      OptionalLong seen = leadership.awaitTurn(journal::epoch);
      if (seen.isEmpty()) {
        Recovery.catchUp(journal, replica);
        prepare();
      } else if (!closing) {
        lead(seen.getAsLong());
      }
    } catch (InterruptedException e) {
      LOG.debug("event=writer-interrupted node={}", node);
    } catch (FencedException e) {
      LOG.info("event=epoch-taken node={} reason={}", node, e.getMessage());
      leadership.ended(true);
    } catch (StoreFailedException | UnknownOutcomeException e) {
      LOG.warn("event=store-failed node={} reason={}", node, e.getMessage());
      leadership.ended(false);
      reopen();
    }
  }

  /** Whoever follows may have to lead, and nobody writes until it does. */
  private void prepare() {
    journal.prepare();
    if (!rehearsed) {
      rehearsed = true;
      Rehearsal.run(journal.cell(), node);
    }
  }

  private void lead(long seen) {
    RuntimeException ended = term(seen);
    leading = false;
    failQueued("No leader takes writes now.");
    leadership.ended(ended instanceof FencedException);
    if (ended != null && !closing) {
      reopen();
    }
  }

  /**
   * One term of leadership: ends when the store fails, another leads, or the node closes.
   *
   * <p>First the epoch, then the journal to its end: after the claim no older leader's row can come
   * any more. Then a row of this node's own, and only behind it anything else.
   *
   * @return why nothing could be committed any more, if that is why
   */
  private @Nullable RuntimeException term(long seen) {
    Author author = new Author(journal.cell(), journal.claimEpoch(seen), node);
    LOG.info("event=epoch-claimed node={} epoch={}", node, author.epoch());
    leadership.claimed(author.epoch());
    Recovery.catchUp(journal, replica);
    epoch = author.epoch();
    State state = replica.image((image, head) -> new State(image, ChangeListener.NONE));
    Writer writer = new Writer(state, liveness, this::take, CoreJson.shown());
    Committer committer = new Committer(journal, replica, author, meter, leadership);
    committer.start();
    try {
      execute(writer, new TakeOver(epoch, node), null, this::tookOver);
      committer.submit(flush());
      while (!closing && committer.failure() == null && leadership.keeps()) {
        serve(writer, committer);
      }
    } catch (InterruptedException e) {
      LOG.debug("event=writer-interrupted");
    } finally {
      finish(writer, committer);
    }
    return committer.failure();
  }

  private void tookOver(Reply reply) {
    if (reply instanceof Reply.Decided decided) {
      leading = true;
      LOG.info(
          "event=leading node={} epoch={} position={}", node, decided.epoch(), decided.position());
    }
  }

  private void serve(Writer writer, Committer committer) throws InterruptedException {
    Submission first = queue.poll(TICK_MS, TimeUnit.MILLISECONDS);
    long started = System.nanoTime();
    int commands = 0;
    if (first == null) {
      execute(writer, new Tick(), null, reply -> {});
    }
    for (Submission next = first; next != null; next = queue.poll()) {
      execute(writer, next.command(), next.key(), next.onReply());
      if (++commands >= COMMANDS_PER_BATCH) {
        break;
      }
    }
    tick(writer);
    meter.decided(commands, System.nanoTime() - started);
    Batch batch = flush();
    if (!batch.isEmpty() && !committer.submit(batch)) {
      batch.failed(new Reply.NotDone("The journal does not take writes now."));
    }
  }

  private long lastTickMs;

  private void tick(Writer writer) {
    long now = clock.millis();
    if (now - lastTickMs >= TICK_MS) {
      lastTickMs = now;
      execute(writer, new Tick(), null, reply -> {});
    }
  }

  private void finish(Writer writer, Committer committer) {
    boolean interrupted = Thread.interrupted();
    try {
      if (committer.failure() == null) {
        for (Submission next = queue.poll(); next != null; next = queue.poll()) {
          execute(writer, next.command(), next.key(), next.onReply());
        }
        committer.submit(flush());
      }
      committer.close();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    flush().failed(new Reply.NotDone("The node is stopping."));
    unsettled = committer.unsettled();
    if (committer.failure() instanceof FencedException fenced) {
      LOG.warn("event=append-refused node={} epoch={} reason={}", node, epoch, fenced.getMessage());
      meter.fenced();
    } else if (committer.failure() != null) {
      LOG.error("event=journal-failed node={} epoch={}", node, epoch, committer.failure());
    }
    if (interrupted && !closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void execute(
      Writer writer, Command command, @Nullable KeyMark key, Consumer<Reply> onReply) {
    Outcome outcome = writer.execute(command, key, clock.millis());
    current.answer(outcome, onReply);
  }

  private void take(io.phalanx.scheduler.event.Event event, io.phalanx.scheduler.event.Moment at) {
    current.add(new StampedEvent(event, at));
  }

  private Batch flush() {
    Batch batch = current;
    current = new Batch();
    return batch;
  }

  private void reopen() {
    closeJournal();
    while (!closing) {
      try {
        Thread.sleep(RECOVERY_PAUSE_MS);
        journal = journals.get();
        settle();
        Recovery.catchUp(journal, replica);
        meter.leaderRecovered();
        return;
      } catch (InterruptedException e) {
        LOG.debug("event=recovery-interrupted");
      } catch (JournalWentBackException | CorruptJournalException | CorruptStateException e) {
        throw e; // another try reads the same
      } catch (RuntimeException e) {
        LOG.warn("event=recovery-failed node={} reason={}", node, e.toString());
        closeJournal(); // or its lock would keep the next try out
        failQueued("No leader takes writes now.");
      }
    }
  }

  /**
   * Sends the row whose outcome is unknown once more: if it is there already, that changes nothing.
   */
  private void settle() {
    JournalRow row = unsettled;
    if (row == null) {
      return;
    }
    try {
      journal.append(row);
      LOG.info("event=outcome-settled node={} position={} there=true", node, row.last());
    } catch (FencedException e) {
      LOG.info("event=outcome-settled node={} position={} there=false", node, row.last());
    }
    unsettled = null;
  }

  private void failQueued(String reason) {
    for (Submission next = queue.poll(); next != null; next = queue.poll()) {
      next.onReply().accept(new Reply.NotDone(reason));
    }
  }
}
