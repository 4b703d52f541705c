package io.phalanx.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import com.hazelcast.multimap.MultiMap;
import io.phalanx.cluster.ConfigLoader;
import io.phalanx.cluster.NodeConfig;
import io.phalanx.cluster.forward.BusWrites;
import io.phalanx.cluster.forward.ForwardedWrites;
import io.phalanx.cluster.lead.Leaders;
import io.phalanx.scheduler.command.MinerCommand.StartMiner;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.engine.Submission;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.view.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real nodes of a bus, one of which the other does not find any more. */
class MailboxTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(8);
  private static final AtomicLong IDS = new AtomicLong();
  private static final Reply DONE =
      new Reply.Decided(new Outcome.Done(new Answer.Stored(NullNode.getInstance()), false), 1, 1);

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // joined before each test
  private Node leader;

  @SuppressWarnings("NullAway.Init") // likewise
  private Node follower;

  /** The bus of a node, and what it has on it. */
  private static final class Node implements Talk.Self, Talk.Listener, ForwardedWrites.Local {
    final Leaders leaders = new Leaders();
    final AtomicLong taken = new AtomicLong();
    final ClusterBus bus;
    final BusWrites writes;
    final Talk talk;
    private final boolean leads;

    Node(NodeConfig config, boolean leads) throws Exception {
      this.leads = leads;
      ClusterSecret secret = ClusterSecret.read(config.cluster().secretFile().orElseThrow());
      Sealed sealed = new Sealed(secret, config.cell(), config.nodeId(), InstantSource.system());
      bus = new ClusterBus(config, gone -> {});
      bus.join();
      talk =
          new Talk(
              bus, sealed, config.cell(), config.nodeId(), System::nanoTime, MailboxTest::nextId);
      writes =
          new BusWrites(
              bus,
              sealed,
              leaders,
              this,
              new BusWrites.Self(
                  config.cell(),
                  config.nodeId(),
                  System::nanoTime,
                  MailboxTest::nextId,
                  talk::unfound));
      talk.start(this, this);
      leaders.leads("node-1", 1);
    }

    @Override
    public boolean isLeading() {
      return leads;
    }

    @Override
    public long position() {
      return 1;
    }

    /** Decided at once: that it came is what counts here. */
    @Override
    public void submit(Submission submission) {
      taken.incrementAndGet();
      submission.onReply().accept(DONE);
    }

    @Override
    public void whenAt(long position, Runnable action) {
      action.run();
    }

    @Override
    public void newest(long position) {}

    @Override
    public void released() {}

    @Override
    public void unfound() {
      writes.renew();
    }

    /** The table of who listens where, as this node has it. */
    MultiMap<String, Object> addresses() {
      Vertx vertx = Objects.requireNonNull(bus.vertx());
      HazelcastClusterManager manager =
          (HazelcastClusterManager) ((VertxInternal) vertx).clusterManager();
      return manager.getHazelcastInstance().getMultiMap("__vertx.subs");
    }

    void close() {
      writes.close();
      bus.close();
    }
  }

  @BeforeEach
  void join() throws Exception {
    Path secret =
        Files.writeString(folder.resolve("secret"), "only the nodes of this test know it");
    List<Integer> ports = List.of(freePort(), freePort());
    leader = new Node(config(1, ports, secret), true);
    follower = new Node(config(2, ports, secret), false);
  }

  @AfterEach
  void leave() {
    follower.close();
    leader.close();
  }

  private NodeConfig config(int number, List<Integer> ports, Path secret) {
    return new ConfigLoader(
            Map.of(),
            Map.of(
                "node-id",
                "node-" + number,
                "data",
                folder.resolve("node-" + number).toString(),
                "store",
                "jdbc:postgresql://127.0.0.1:1/nobody-asks-it",
                "cluster.members",
                "127.0.0.1:%d,127.0.0.1:%d".formatted(ports.get(0), ports.get(1)),
                "cluster.port",
                ports.get(number - 1).toString(),
                "cluster.secret-file",
                secret.toString()))
        .load();
  }

  private static String nextId() {
    return "id-" + IDS.incrementAndGet();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Whether a write of the follower came to the leader at last. */
  private boolean lands() throws Exception {
    long before = leader.taken.get();
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    follower.writes.submit(
        new Submission(new StartMiner(new MinerId("ab".repeat(32))), null, reply::complete));
    reply.get(30, TimeUnit.SECONDS);
    return leader.taken.get() > before;
  }

  @Nested
  class Renew {
    @Test
    void isAskedForByWhoDoesNotFindTheLeader() throws Exception {
      assertThat(lands()).isTrue();
      String address = "phalanx.main.writes.node-1";
      assertThat(follower.addresses().remove(address)).isNotEmpty();

      long end = System.nanoTime() + PATIENCE_NANOS;
      while (follower.addresses().get(address).isEmpty() && System.nanoTime() < end) {
        assertThat(lands()).isTrue(); // for a moment it remembers where that was
      }
      assertThat(follower.addresses().get(address)).isNotEmpty();
      assertThat(lands()).isTrue();
    }

    @Test
    void leavesNothingBehind() throws Exception {
      String address = "phalanx.main.writes.node-1";
      for (int i = 0; i < 20; i++) {
        leader.writes.renew();
        assertThat(lands()).isTrue();
      }
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (follower.addresses().get(address).size() > 2 && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(follower.addresses().get(address)).hasSize(2);
    }
  }
}
