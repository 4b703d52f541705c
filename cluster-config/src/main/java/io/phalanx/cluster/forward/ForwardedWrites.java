package io.phalanx.cluster.forward;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phalanx.cluster.lead.Leaders;
import io.phalanx.cluster.lead.Leaders.Leader;
import io.phalanx.scheduler.command.ActAs;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.command.Command;
import io.phalanx.scheduler.command.MinerCommand.Heartbeat;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.engine.Submission;
import io.phalanx.scheduler.engine.Writes;
import io.phalanx.scheduler.id.KeyMark;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings every write to whoever leads: to this node's own writer, or in batches over the bus. A
 * write that was certainly not done is tried again with the next leader. One that may have been
 * done is tried again only under a key, by which the writer tells it from a second one.
 */
public final class ForwardedWrites implements Writes {
  /** Writes that wait, at most. */
  static final int MAX_WAITING = 65_536;

  /** Commands of a batch, at most. */
  static final int BATCH = 512;

  private static final byte[] NO_BODY = {};
  private static final int BATCHES_IN_FLIGHT = 8;
  private static final long TRY_NANOS = Duration.ofSeconds(8).toNanos();

  /** Longer than the bus waits for an answer by itself: it is silent when it was left meanwhile. */
  private static final long FLIGHT_NANOS = Duration.ofSeconds(6).toNanos();

  private final Deque<Pending> waiting = new ArrayDeque<>();
  private final Set<Flight> flights = new HashSet<>();
  private final Local local;
  private final Leaders leaders;
  private final WriteBus bus;
  private final LongSupplier nanos;
  private final Supplier<String> ids;

  /** This node's own writer and what it shows. */
  public interface Local {

    /** Whether this node leads. */
    boolean isLeading();

    /** Decides a command here. */
    void submit(Submission submission);

    /** Runs the action once this node shows what was committed up to there, or soon anyway. */
    void whenAt(long position, Runnable action);
  }

  /** A write on its way. */
  private static final class Pending {
    private final Submission submission;
    private final @Nullable KeyMark key;
    private final boolean isOwnKey;
    private final long deadline;
    private boolean mayBeDone;

    Pending(Submission submission, @Nullable KeyMark key, boolean isOwnKey, long deadline) {
      this.submission = submission;
      this.key = key;
      this.isOwnKey = isOwnKey;
      this.deadline = deadline;
    }

    /**
     * What a repetition changes nothing in, or the writer can tell from the first. A nonce is taken
     * once: under a fresh one the caller itself may ask again.
     */
    boolean canBeRepeated() {
      return !isSigned(submission) && (key != null || isTold(submission));
    }

    void giveUp(String reason) {
      submission
          .onReply()
          .accept(mayBeDone ? new Reply.Unknown(reason) : new Reply.NotDone(reason));
    }

    /** Under a key of our own nothing was there before, whatever the writer says. */
    void reply(Reply reply) {
      if (isOwnKey
          && reply instanceof Reply.Decided decided
          && decided.outcome() instanceof Outcome.Done done) {
        Outcome first = new Outcome.Done(done.answer(), false);
        submission.onReply().accept(new Reply.Decided(first, decided.position(), decided.epoch()));
      } else {
        submission.onReply().accept(reply);
      }
    }
  }

  /** A batch on its way to a leader. */
  private static final class Flight {
    private final Leader to;
    private final List<Pending> writes;
    private final long deadline;

    Flight(Leader to, List<Pending> writes, long deadline) {
      this.to = to;
      this.writes = writes;
      this.deadline = deadline;
    }
  }

  /**
   * Writes of one node.
   *
   * @param local this node's own writer
   * @param leaders who leads
   * @param bus to the others
   * @param nanos a monotonic clock
   * @param ids makes ids of commands, each different from all others of all nodes
   */
  ForwardedWrites(
      Local local, Leaders leaders, WriteBus bus, LongSupplier nanos, Supplier<String> ids) {
    this.local = local;
    this.leaders = leaders;
    this.bus = bus;
    this.nanos = nanos;
    this.ids = ids;
    leaders.onChange(this::turnedTo);
  }

  /** Whether a repetition is told by a sequence of its own. */
  private static boolean isTold(Submission submission) {
    Command command =
        submission.command() instanceof ActAs asked ? asked.command() : submission.command();
    return command instanceof Heartbeat || command instanceof ReportGas;
  }

  /** Whether it came with a nonce, which is refused the second time. */
  private static boolean isSigned(Submission submission) {
    return submission.command() instanceof ActAs asked && asked.nonce() != null;
  }

  @Override
  public void submit(Submission submission) {
    if (local.isLeading()) {
      submitHere(pending(submission, submission.key(), false));
    } else if (submission.key() != null || isTold(submission) || isSigned(submission)) {
      enqueue(pending(submission, submission.key(), false));
    } else {
      String id = ids.get();
      enqueue(pending(submission, KeyMark.of("command " + id, NO_BODY), true));
    }
  }

  private Pending pending(Submission submission, @Nullable KeyMark key, boolean isOwnKey) {
    return new Pending(submission, key, isOwnKey, nanos.getAsLong() + TRY_NANOS);
  }

  /** How many writes wait or are on their way. */
  public synchronized int pending() {
    return waiting.size() + flights.stream().mapToInt(flight -> flight.writes.size()).sum();
  }

  private void submitHere(Pending pending) {
    local.submit(
        new Submission(
            pending.submission.command(),
            pending.key,
            reply -> repliedHere(pending, reply),
            pending.submission.traceparent()));
  }

  /** What this node's writer did not do because it does not lead any more, another may. */
  private void repliedHere(Pending pending, Reply reply) {
    if (reply instanceof Reply.NotDone && !local.isLeading()) {
      enqueue(pending);
    } else {
      pending.reply(reply);
    }
  }

  private void enqueue(Pending pending) {
    synchronized (this) {
      if (waiting.size() < MAX_WAITING) {
        waiting.addLast(pending);
        return;
      }
    }
    pending.giveUp("Too many writes wait.");
  }

  /** Sends what waits and gives up what has waited too long; to be called often, by one thread. */
  void pump() {
    expire();
    if (local.isLeading()) {
      drainHere();
      return;
    }
    Optional<Leader> leader = leaders.newest();
    while (leader.isPresent()) {
      Flight flight = nextFlight(leader.get());
      if (flight == null) {
        return;
      }
      send(flight);
    }
  }

  private void drainHere() {
    List<Pending> here;
    synchronized (this) {
      here = new ArrayList<>(waiting);
      waiting.clear();
    }
    here.forEach(this::submitHere);
  }

  private synchronized @Nullable Flight nextFlight(Leader leader) {
    if (waiting.isEmpty() || flights.size() >= BATCHES_IN_FLIGHT) {
      return null;
    }
    List<Pending> writes = new ArrayList<>();
    while (writes.size() < BATCH && !waiting.isEmpty()) {
      writes.add(waiting.removeFirst());
    }
    Flight flight = new Flight(leader, writes, nanos.getAsLong() + FLIGHT_NANOS);
    flights.add(flight);
    return flight;
  }

  private void send(Flight flight) {
    List<CommandCodec.Keyed> commands = new ArrayList<>();
    flight.writes.forEach(p -> commands.add(CommandCodec.of(p.submission, p.key)));
    bus.send(flight.to.node(), CommandCodec.write(commands), result -> landed(flight, result));
  }

  private void landed(Flight flight, WriteBus.Result result) {
    synchronized (this) {
      if (!flights.remove(flight)) {
        return; // a newer leader has been asked since
      }
    }
    if (result instanceof WriteBus.Result.Answered answered) {
      answered(flight, answered);
    } else {
      again(flight.writes, result instanceof WriteBus.Result.Unheard);
    }
  }

  private void answered(Flight flight, WriteBus.Result.Answered answered) {
    List<Reply> replies;
    try {
      replies = ReplyCodec.read(answered.replies());
    } catch (JsonProcessingException e) {
      replies = List.of();
    }
    if (replies.size() != flight.writes.size()) {
      again(flight.writes, true);
      return;
    }
    long position = 0;
    for (Reply reply : replies) {
      if (reply instanceof Reply.Decided decided) {
        position = Math.max(position, decided.position());
      }
    }
    List<Reply> all = replies;
    local.whenAt(position, () -> deliver(flight.writes, all));
  }

  private void deliver(List<Pending> writes, List<Reply> replies) {
    for (int i = 0; i < writes.size(); i++) {
      Pending pending = writes.get(i);
      if (replies.get(i) instanceof Reply.NotDone) {
        enqueue(pending);
      } else {
        pending.reply(replies.get(i));
      }
    }
  }

  private void again(List<Pending> writes, boolean mayBeDone) {
    for (int i = writes.size() - 1; i >= 0; i--) {
      Pending pending = writes.get(i);
      pending.mayBeDone |= mayBeDone;
      if (pending.mayBeDone && !pending.canBeRepeated()) {
        pending.giveUp("The leader's answer is not known.");
      } else {
        synchronized (this) {
          waiting.addFirst(pending);
        }
      }
    }
  }

  /** What an older leader has not answered it has either done already, or never will. */
  private void turnedTo(Leader leader) {
    endFlights(flight -> flight.to.epoch() < leader.epoch());
  }

  /** The bus was left and joined anew: what was on its way over the old one is never answered. */
  void rejoined() {
    endFlights(flight -> true);
  }

  private void endFlights(Predicate<Flight> isOver) {
    List<Flight> over;
    synchronized (this) {
      over = flights.stream().filter(isOver).toList();
      over.forEach(flights::remove);
    }
    over.forEach(flight -> again(flight.writes, true));
  }

  private void expire() {
    long now = nanos.getAsLong();
    endFlights(flight -> now - flight.deadline >= 0);
    List<Pending> expired = new ArrayList<>();
    synchronized (this) {
      waiting.removeIf(
          pending -> {
            boolean isOver = now - pending.deadline >= 0;
            if (isOver) {
              expired.add(pending);
            }
            return isOver;
          });
    }
    expired.forEach(pending -> pending.giveUp("No leader takes writes now."));
  }
}
