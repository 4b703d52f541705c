package io.phalanx.scheduler.engine;

import io.phalanx.scheduler.codec.CoreJson;
import io.phalanx.scheduler.codec.StampedEvent;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.SystemCommand.TakeOver;
import io.phalanx.scheduler.command.SystemCommand.Tick;
import io.phalanx.scheduler.decide.Liveness;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decide.Writer;
import io.phalanx.scheduler.id.KeyMark;
import io.phalanx.scheduler.journal.Author;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalRow;
import io.phalanx.scheduler.journal.UnknownOutcomeException;
import io.phalanx.scheduler.state.ChangeListener;
import io.phalanx.scheduler.state.State;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader's single thread: takes commands in order, decides them on its own state and hands what
 * happened to the committer. When the store fails it throws its state away, opens the store again
 * and goes on from what is committed.
 */
public final class Sequencer implements AutoCloseable {

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
  private final Thread thread;
  private volatile Journal journal;
  private volatile long epoch;
  private volatile boolean leading;
  private volatile boolean closing;
  private @Nullable JournalRow unsettled;
  private Batch current = new Batch();

  /**
   * A sequencer that does not run yet.
   *
   * @param journal the open journal
   * @param journals opens the journal again after it failed
   * @param replica the committed state
   * @param liveness who was heard when
   * @param settings the node's name, the wall clock and where figures go
   */
  public Sequencer(
      Journal journal,
      Supplier<Journal> journals,
      Replica replica,
      Liveness liveness,
      EngineSettings settings) {
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

  /** Starts to lead. */
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

  /** The journal that is written to now. */
  Journal journal() {
    return journal;
  }

  /** How many commands wait. */
  public int queued() {
    return queue.size();
  }

  /** Hands over a command; it is answered exactly once. */
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
        term();
        leading = false;
        failQueued("No leader takes writes now.");
        if (!closing) {
          reopen();
        }
      }
    } catch (RuntimeException e) {
      LOG.error("event=writer-stopped", e);
    } finally {
      leading = false;
      failQueued("The node is stopping.");
      journal.close();
    }
  }

  /** One term of leadership: ends when the store fails, or when the node closes. */
  private void term() {
    Author author = new Author(journal.cell(), claimEpoch(), node);
    epoch = author.epoch();
    State state = replica.image((image, head) -> new State(image, ChangeListener.NONE));
    Writer writer = new Writer(state, liveness, this::take, CoreJson.shown());
    Committer committer = new Committer(journal, replica, author, meter);
    committer.start();
    try {
      execute(writer, new TakeOver(epoch, node), null, reply -> {});
      committer.submit(flush());
      leading = true;
      LOG.info("event=leading node={} epoch={} position={}", node, epoch, state.position());
      while (!closing && committer.failure() == null) {
        serve(writer, committer);
      }
    } catch (InterruptedException e) {
      LOG.debug("event=writer-interrupted");
    } finally {
      finish(writer, committer);
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
    RuntimeException failure = committer.failure();
    unsettled = committer.unsettled();
    if (failure != null) {
      LOG.error("event=journal-failed node={} epoch={}", node, epoch, failure);
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

  private long claimEpoch() {
    long seen = journal.epoch();
    try {
      return journal.claimEpoch(seen);
    } catch (UnknownOutcomeException e) {
      return journal.claimEpoch(journal.epoch());
    }
  }

  private void reopen() {
    journal.close();
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
      } catch (RuntimeException e) {
        LOG.warn("event=recovery-failed node={} reason={}", node, e.toString());
        journal.close(); // or its lock would keep the next try out
        failQueued("No leader takes writes now.");
      }
    }
  }

  /**
   * Sends the row whose outcome is unknown once more: if it is there already, that changes nothing.
   */
  private void settle() {
    JournalRow row = unsettled;
    if (row != null) {
      journal.append(row);
      unsettled = null;
      LOG.info("event=outcome-settled node={} position={}", node, row.last());
    }
  }

  private void failQueued(String reason) {
    for (Submission next = queue.poll(); next != null; next = queue.poll()) {
      next.onReply().accept(new Reply.NotDone(reason));
    }
  }
}
