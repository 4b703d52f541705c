package io.phalanx.cluster.forward;

import io.phalanx.cluster.lead.Leaders;
import io.phalanx.cluster.member.ClusterBus;
import io.phalanx.cluster.member.Mailbox;
import io.phalanx.cluster.member.Sealed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link ForwardedWrites} over the event bus, with the thread that keeps them moving. */
public final class BusWrites implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BusWrites.class);
  private static final long ANSWER_WITHIN_MS = 5_000;
  private static final long PUMP_EVERY_MS = 20;
  private static final int REMEMBERED_BATCHES = 100_000;

  private final Semaphore work = new Semaphore(0);
  private final ClusterBus bus;
  private final Sealed sealed;
  private final Leaders leaders;
  private final Supplier<String> ids;
  private final Consumer<String> unfound;
  private final String prefix;
  private final Mailbox mailbox;
  private final LeaderDesk desk;
  private final ForwardedWrites writes;
  private final Thread thread;
  private final Map<String, Boolean> taken = new LinkedHashMap<>();
  private volatile boolean closing;

  /**
   * Names and clocks of this node.
   *
   * @param cell whose writes
   * @param node its name
   * @param nanos a monotonic clock
   * @param ids makes ids, each different from all others of all nodes
   * @param unfound tells a node that it is not found where it takes writes
   */
  public record Self(
      String cell,
      String node,
      LongSupplier nanos,
      Supplier<String> ids,
      Consumer<String> unfound) {}

  /** Begins to take and to bring writes. */
  public BusWrites(
      ClusterBus bus, Sealed sealed, Leaders leaders, ForwardedWrites.Local local, Self self) {
    this.bus = bus;
    this.sealed = sealed;
    this.leaders = leaders;
    this.ids = self.ids();
    this.unfound = self.unfound();
    this.prefix = "phalanx." + self.cell() + ".writes.";
    this.desk = new LeaderDesk(local);
    this.writes = new ForwardedWrites(local, leaders, this::send, self.nanos(), self.ids());
    this.thread = new Thread(this::run, "phalanx-forward");
    this.thread.setDaemon(true);
    this.thread.start();
    this.mailbox = new Mailbox(bus, prefix + self.node(), this::take);
    bus.onJoin(vertx -> writes.rejoined());
    leaders.onChange(leader -> work.release());
  }

  /** Hands over a write, to be brought to the leader. */
  public void submit(io.phalanx.scheduler.engine.Submission submission) {
    writes.submit(submission);
    work.release();
  }

  /** Makes known again where this node takes writes of others. */
  public void renew() {
    mailbox.renew();
  }

  /** How many writes wait or are on their way. */
  public int pending() {
    return writes.pending();
  }

  @Override
  public void close() {
    closing = true;
    work.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closing) {
      try {
        if (work.tryAcquire(PUMP_EVERY_MS, TimeUnit.MILLISECONDS)) {
          work.drainPermits();
        }
        writes.pump();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("event=forwarding-failed", e);
      }
    }
  }

  private long epoch() {
    return leaders.newest().map(Leaders.Leader::epoch).orElse(0L);
  }

  private void send(String node, String body, Consumer<WriteBus.Result> onResult) {
    Vertx vertx = bus.vertx();
    if (vertx == null) {
      onResult.accept(new WriteBus.Result.Undelivered());
      return;
    }
    String id = ids.get();
    vertx
        .eventBus()
        .<Buffer>request(
            prefix + node,
            sealed.seal(id, epoch(), body),
            new DeliveryOptions().setSendTimeout(ANSWER_WITHIN_MS))
        .onComplete(
            answer -> onResult.accept(result(id, answer)),
            failure -> onResult.accept(result(node, failure)));
  }

  private WriteBus.Result result(String id, Message<Buffer> answer) {
    return sealed
        .open(answer.body())
        .filter(message -> message.id().equals(id))
        .<WriteBus.Result>map(message -> new WriteBus.Result.Answered(message.body()))
        .orElseGet(WriteBus.Result.Unheard::new);
  }

  private WriteBus.Result result(String node, Throwable failure) {
    boolean isUndelivered =
        failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    if (!isUndelivered) {
      return new WriteBus.Result.Unheard();
    }
    unfound.accept(node);
    return new WriteBus.Result.Undelivered();
  }

  private void take(Message<Buffer> message) {
    sealed
        .open(message.body())
        .filter(opened -> isFirst(opened.id()))
        .ifPresent(
            opened ->
                desk.take(
                    opened.body(),
                    replies -> message.reply(sealed.seal(opened.id(), epoch(), replies))));
  }

  /** A batch that comes twice is not ours the second time: we send each under a new id. */
  private boolean isFirst(String id) {
    synchronized (taken) {
      if (taken.size() >= REMEMBERED_BATCHES) {
        taken.remove(taken.keySet().iterator().next());
      }
      return taken.put(id, true) == null;
    }
  }

  /** How long a write may be under way at most, as a stop has to wait for it. */
  public static Duration longest() {
    return Duration.ofMillis(ANSWER_WITHIN_MS);
  }
}
