package io.phalanx.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import io.phalanx.cluster.forward.BusWrites;
import io.phalanx.cluster.forward.ForwardedWrites;
import io.phalanx.cluster.lead.Leaders;
import io.phalanx.cluster.lead.LeaseTimes;
import io.phalanx.cluster.lead.LeasedLeadership;
import io.phalanx.cluster.member.ClusterSecret;
import io.phalanx.cluster.member.HazelcastSettings;
import io.phalanx.cluster.member.Sealed;
import io.phalanx.cluster.member.Talk;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.Leadership;
import io.phalanx.scheduler.engine.Submission;
import io.phalanx.scheduler.engine.Writes;
import io.phalanx.scheduler.event.SystemEvent.LeaderTookOver;
import io.phalanx.scheduler.journal.PostgresLease;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * This node's part in a cluster: who is there, who leads, and the way of writes to the leader. It
 * is opened before the engine, which needs its leadership, and attached to it afterwards.
 */
public final class ClusterNode implements AutoCloseable {
  private static final long JOIN_SECONDS = 60;
  private static final long SHOWN_WITHIN_MS = 1_000;
  private static final long LAG_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Vertx vertx;
  private final NodeConfig config;
  private final Leaders leaders = new Leaders();
  private final Sealed sealed;
  private final Talk talk;
  private final LeasedLeadership leadership;
  private final Supplier<String> ids;
  private final AtomicLong newestElsewhere = new AtomicLong();
  private volatile long behindSince;
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
    talk = new Talk(vertx, sealed, config.cell(), config.nodeId(), System::nanoTime, ids);
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
   * @throws ConfigFaultException if the cluster cannot be joined as configured
   */
  public static ClusterNode join(NodeConfig config, InstantSource clock, RandomGenerator random) {
    ClusterSecret secret = ClusterSecret.read(config.cluster().secretFile().orElseThrow());
    HazelcastClusterManager manager =
        new HazelcastClusterManager(
            HazelcastSettings.of(config.cluster(), config.cell(), config.nodeId()));
    EventBusOptions bus =
        new EventBusOptions()
            .setHost(config.cluster().host())
            .setPort(config.cluster().busPort())
            .setClusterPublicHost(config.cluster().host())
            .setClusterPingInterval(1000)
            .setClusterPingReplyInterval(1000)
            .setConnectTimeout(1000)
            .setReconnectAttempts(0);
    Vertx vertx = clustered(manager, new VertxOptions().setEventBusOptions(bus));
    ClusterNode node = new ClusterNode(vertx, config, secret, clock, random);
    manager
        .getHazelcastInstance()
        .getCluster()
        .addMembershipListener(new Departures(node.leadership));
    return node;
  }

  private static Vertx clustered(HazelcastClusterManager manager, VertxOptions options) {
    try {
      return Vertx.builder()
          .with(options)
          .withClusterManager(manager)
          .buildClustered()
          .toCompletionStage()
          .toCompletableFuture()
          .get(JOIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while joining", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new ConfigFaultException(
          List.of("cluster.host, cluster.port: the cluster cannot be joined: " + e.getMessage()));
    }
  }

  /** Tells the leadership who has gone, by the name of its node. */
  private record Departures(LeasedLeadership leadership) implements MembershipListener {
    @Override
    public void memberAdded(MembershipEvent event) {}

    @Override
    public void memberRemoved(MembershipEvent event) {
      String gone = event.getMember().getAttribute(HazelcastSettings.NODE);
      if (gone != null) {
        leadership.gone(gone);
      }
    }
  }

  /** The clustered Vert.x that this node runs on; closed by the caller, after this. */
  public Vertx vertx() {
    return vertx;
  }

  /** When this node leads. */
  public Leadership leadership() {
    return leadership;
  }

  /** Begins to lead or follow with that engine, to take others' writes and to bring its own. */
  public void attach(Engine started) {
    engine = started;
    started
        .replica()
        .onCommitted(batch -> batch.events().forEach(stamped -> heard(stamped.event())));
    ForwardedWrites.Local local = new EngineWrites(vertx, started, leadership, SHOWN_WITHIN_MS);
    writes =
        new BusWrites(
            vertx,
            sealed,
            leaders,
            local,
            new BusWrites.Self(config.cell(), config.nodeId(), System::nanoTime, ids));
    talk.start(new EngineTalk(started), new Hearing());
    leadership.start();
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
    talk.close();
    leadership.close();
  }
}
