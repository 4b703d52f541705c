package io.phalanx.cluster.member;

import io.phalanx.cluster.lead.Hints;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a cell tell each other unasked: that they are there, how far they are, and what
 * the leader has just made durable. All of it can be lost: it only says where to look earlier.
 */
public final class Talk implements Hints {
  private static final long HERE_EVERY_MS = 500;
  private static final long POSITION_EVERY_MS = 5;
  private static final long UNFOUND_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long FORGOTTEN_AFTER_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Map<String, Heard> heard = new ConcurrentHashMap<>();
  private final AtomicLong committed = new AtomicLong();
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong unfoundAt = new AtomicLong();
  private final ClusterBus bus;
  private final Sealed sealed;
  private final String address;
  private final String node;
  private final LongSupplier nanos;
  private final Supplier<String> ids;
  private volatile @Nullable Listener listener;
  private volatile @Nullable Self self;

  /**
   * A node as it was heard last.
   *
   * @param node its name
   * @param position how far it is
   * @param leading whether it leads
   */
  public record Peer(String node, long position, boolean leading) {}

  private record Heard(Peer peer, long at) {}

  /** What a node says of itself. */
  public interface Self {

    /** How far it is. */
    long position();

    /** Whether it leads. */
    boolean isLeading();
  }

  /** Hears what others say. */
  public interface Listener {

    /** Rows are durable up to there. */
    void newest(long position);

    /** The leader has given up. */
    void released();

    /** Another node does not find where this one takes writes. */
    void unfound();
  }

  /** A talk that has not begun. */
  public Talk(
      ClusterBus bus,
      Sealed sealed,
      String cell,
      String node,
      LongSupplier nanos,
      Supplier<String> ids) {
    this.bus = bus;
    this.sealed = sealed;
    this.address = "phalanx." + cell + ".talk";
    this.node = node;
    this.nanos = nanos;
    this.ids = ids;
    this.unfoundAt.set(nanos.getAsLong() - UNFOUND_EVERY_NANOS);
  }

  /** Begins to listen and to speak. */
  public void start(Self about, Listener hearing) {
    self = about;
    listener = hearing;
    new Mailbox(bus, address, message -> take(message.body()));
    bus.onJoin(this::join);
  }

  /** Timers go with that Vert.x when the cluster is left. */
  private void join(Vertx vertx) {
    vertx.setPeriodic(HERE_EVERY_MS, timer -> here());
    vertx.setPeriodic(POSITION_EVERY_MS, timer -> position());
    here();
  }

  @Override
  public void committed(long position) {
    committed.accumulateAndGet(position, Math::max);
  }

  @Override
  public void released() {
    publish("{\"kind\":\"released\"}");
  }

  /** Tells a node that it is not found here where it takes writes; now and then, if often asked. */
  public void unfound(String unfound) {
    long now = nanos.getAsLong();
    long before = unfoundAt.get();
    if (now - before >= UNFOUND_EVERY_NANOS && unfoundAt.compareAndSet(before, now)) {
      publish("{\"kind\":\"unfound\",\"node\":\"%s\"}".formatted(unfound));
    }
  }

  /** The others that were heard lately, by name. */
  public List<Peer> peers() {
    long now = nanos.getAsLong();
    return heard.values().stream()
        .filter(known -> now - known.at() < FORGOTTEN_AFTER_NANOS)
        .map(Heard::peer)
        .sorted(Comparator.comparing(Peer::node))
        .toList();
  }

  private void here() {
    Self about = self;
    if (about != null) {
      publish(
          "{\"kind\":\"here\",\"position\":%d,\"leading\":%b}"
              .formatted(about.position(), about.isLeading()));
    }
  }

  private void position() {
    long newest = committed.get();
    if (newest > told.getAndSet(newest)) {
      publish("{\"kind\":\"committed\",\"position\":%d}".formatted(newest));
    }
  }

  private void publish(String body) {
    Vertx vertx = bus.vertx();
    if (vertx != null) {
      vertx.eventBus().publish(address, sealed.seal(ids.get(), 0, body));
    }
  }

  private void take(Buffer buffer) {
    sealed.open(buffer).filter(message -> !message.from().equals(node)).ifPresent(this::hear);
  }

  private void hear(Sealed.Message message) {
    Listener hearing = listener;
    if (hearing == null) {
      return;
    }
    long position = message.body().path("position").asLong();
    switch (message.body().path("kind").asText()) {
      case "here" -> {
        boolean leads = message.body().path("leading").asBoolean();
        Peer peer = new Peer(message.from(), position, leads);
        heard.put(message.from(), new Heard(peer, nanos.getAsLong()));
        if (leads) {
          hearing.newest(position);
        }
      }
      case "committed" -> hearing.newest(position);
      case "released" -> hearing.released();
      case "unfound" -> {
        if (message.body().path("node").asText().equals(node)) {
          hearing.unfound();
        }
      }
      default -> {
        // a newer version says more
      }
    }
  }
}
