package io.phalanx.cluster;

import io.phalanx.cluster.forward.BusWrites;
import io.phalanx.cluster.forward.ForwardedWrites;
import io.phalanx.cluster.lead.Leaders;
import io.phalanx.cluster.lead.LeaseTimes;
import io.phalanx.cluster.lead.LeasedLeadership;
import io.phalanx.cluster.member.ClusterBus;
import io.phalanx.cluster.member.ClusterSecret;
import io.phalanx.cluster.member.DeafWatch;
import io.phalanx.cluster.member.Sealed;
import io.phalanx.cluster.member.Talk;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.Leadership;
import io.phalanx.scheduler.engine.Submission;
import io.phalanx.scheduler.engine.Writes;
import io.phalanx.scheduler.event.SystemEvent.LeaderTookOver;
import io.phalanx.scheduler.journal.PostgresLease;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * This node's part in a cluster: who is there, who leads, and the way of writes to the leader. It
 * is opened before the engine, which needs its leadership, and attached to it afterwards.
 */
public final class ClusterNode implements AutoCloseable {
  private static final long WATCH_MS = 1_000;
  private static final long SHOWN_WITHIN_MS = 1_000;
  private static final long LAG_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Vertx vertx;
  private final NodeConfig config;
  private final Leaders leaders = new Leaders();
  private final Sealed sealed;
  private final ClusterBus bus;
  private final Talk talk;
  private final LeasedLeadership leadership;
  private final Supplier<String> ids;
  private final AtomicLong newestElsewhere = new AtomicLong();
  private volatile long behindSince;
  private final DeafWatch deafness = new DeafWatch(System::nanoTime);
  private volatile @Nullable Engine engine;
  private volatile @Nullable BusWrites writes;

  /**
   * A node of the cluster.
   *
   * @param id its name
   * @param leader whether it leads
   * @param position how far it is
   */
  public record Node(String id, boolean leader, long position) {}

  private ClusterNode(
      Vertx vertx,
      NodeConfig config,
      ClusterSecret secret,
      InstantSource clock,
      RandomGenerator random) {
    this.vertx = vertx;
    this.config = config;
    String run = config.nodeId() + "-" + Long.toString(random.nextLong() >>> 1, 36) + "-";
    AtomicLong number = new AtomicLong();
    ids = () -> run + number.incrementAndGet();
    sealed = new Sealed(secret, config.cell(), config.nodeId(), clock);
    bus = new ClusterBus(config, this::departed);
    talk = new Talk(bus, sealed, config.cell(), config.nodeId(), System::nanoTime, ids);
    leadership =
        new LeasedLeadership(
            config.nodeId(),
            new PostgresLease(StoreSelection.server(config)),
            LeaseTimes.DEFAULT,
            talk,
            leaders,
            new LeasedLeadership.Clocks(System::nanoTime, clock, random));
  }

  /**
   * Joins the cluster; leads nothing yet.
   *
   * @param vertx has the timers of this node
   * @throws ConfigFaultException if the cluster cannot be joined as configured
   */
  public static ClusterNode join(
      NodeConfig config, Vertx vertx, InstantSource clock, RandomGenerator random) {
    ClusterSecret secret = ClusterSecret.read(config.cluster().secretFile().orElseThrow());
    ClusterNode node = new ClusterNode(vertx, config, secret, clock, random);
    try {
      node.bus.join();
      return node;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while joining", e);
    } catch (ExecutionException e) {
      throw new ConfigFaultException(
          List.of("cluster.host, cluster.port: the cluster cannot be joined: " + e.getMessage()));
    }
  }

  /** When this node leads. */
  public Leadership leadership() {
    return leadership;
  }

  /**
   * Begins to lead or follow with that engine, to take others' writes and to bring its own.
   *
   * @param traced what is done to every write that is decided here
   */
  public void attach(Engine started, UnaryOperator<Submission> traced) {
    engine = started;
    started
        .replica()
        .onCommitted(batch -> batch.events().forEach(stamped -> heard(stamped.event())));
    ForwardedWrites.Local local =
        new EngineWrites(vertx, started, leadership, traced, SHOWN_WITHIN_MS);
    writes =
        new BusWrites(
            bus,
            sealed,
            leaders,
            local,
            new BusWrites.Self(
                config.cell(), config.nodeId(), System::nanoTime, ids, talk::unfound));
    bus.onJoin(joined -> deafness.joined());
    talk.start(new EngineTalk(started), new Hearing());
    leadership.start();
    vertx.setPeriodic(WATCH_MS, timer -> watch());
  }

  private void departed(String node) {
    leadership.gone(node);
  }

  /** Joining anew is all that helps a node that hears no leader though there is one. */
  private void watch() {
    Engine known = engine;
    boolean isDeaf =
        known != null
            && !known.sequencer().isLeading()
            && leadership.isHeldElsewhere()
            && leader().isEmpty();
    if (deafness.isLongEnough(isDeaf)) {
      bus.rejoin();
    }
  }

  private void heard(io.phalanx.scheduler.event.Event event) {
    if (event instanceof LeaderTookOver tookOver) {
      leaders.leads(tookOver.node(), tookOver.epoch());
    }
  }

  private record EngineTalk(Engine engine) implements Talk.Self {
    @Override
    public long position() {
      return engine.replica().head().last();
    }

    @Override
    public boolean isLeading() {
      return engine.sequencer().isLeading();
    }
  }

  private final class Hearing implements Talk.Listener {
    @Override
    public void newest(long position) {
      newestElsewhere.accumulateAndGet(position, Math::max);
      leadership.wake();
    }

    @Override
    public void released() {
      leadership.lookNow();
    }

    @Override
    public void unfound() {
      BusWrites known = writes;
      if (known != null) {
        known.renew();
      }
    }
  }

  /** The way of every write to the leader. */
  public Writes writes() {
    return this::submit;
  }

  private void submit(Submission submission) {
    BusWrites known = writes;
    if (known == null) {
      throw new IllegalStateException("the node is not attached yet");
    }
    known.submit(submission);
  }

  /** All nodes that were heard lately and this one, by name. */
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    talk.peers().forEach(p -> nodes.add(new Node(p.node(), isLeader(p.node()), p.position())));
    Engine known = engine;
    if (known != null) {
      nodes.add(
          new Node(config.nodeId(), isLeader(config.nodeId()), known.replica().head().last()));
    }
    nodes.sort((a, b) -> a.id().compareTo(b.id()));
    return nodes;
  }

  private boolean isLeader(String node) {
    return leader().filter(leader -> leader.node().equals(node)).isPresent();
  }

  /** Who leads, if that is known and it was heard lately. */
  public Optional<Leaders.Leader> leader() {
    return leaders.newest().filter(leader -> isThere(leader.node()));
  }

  private boolean isThere(String node) {
    Engine known = engine;
    if (node.equals(config.nodeId())) {
      return known != null && known.sequencer().isLeading();
    }
    return talk.peers().stream().anyMatch(peer -> peer.node().equals(node));
  }

  /** How many positions this node is known to be behind. */
  public long lag() {
    Engine known = engine;
    return known == null ? 0 : Math.max(0, newestElsewhere.get() - known.replica().head().last());
  }

  /** Whether what this node shows is not older than a few seconds. */
  public boolean keepsUp() {
    long now = System.nanoTime();
    if (lag() == 0) {
      behindSince = now;
    }
    return behindSince == 0 || now - behindSince < LAG_NANOS;
  }

  /** How many writes of this node are on their way to the leader. */
  public int forwarding() {
    BusWrites known = writes;
    return known == null ? 0 : known.pending();
  }

  /** How many messages were dropped since they did not come from a node of this cluster. */
  public long droppedMessages() {
    return sealed.dropped();
  }

  /** Ends the lead, if this node has it; what comes meanwhile goes to the successor. */
  public void handOver() {
    leadership.resign();
  }

  /** Leaves; the engine must be closed before. */
  @Override
  public void close() {
    BusWrites known = writes;
    if (known != null) {
      known.close();
    }
    leadership.close();
    bus.close();
  }
}
