package io.phalanx.cluster.member;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import io.phalanx.cluster.NodeConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event bus of Vert.x among the nodes, on a Vert.x of its own, so that it can be left and
 * joined again while the node serves. That is needed: after Hazelcast has merged two halves, the
 * event bus of a merged node is not found by the others any more.
 */
public final class ClusterBus implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterBus.class);
  private static final long JOIN_SECONDS = 60;
  private static final long LEAVE_SECONDS = 10;
  private static final long AGAIN_MS = 1_000;

  private final List<Consumer<Vertx>> listeners = new CopyOnWriteArrayList<>();
  private final Semaphore rejoin = new Semaphore(0);
  private final NodeConfig config;
  private final Consumer<String> gone;
  private final Thread thread;
  private volatile @Nullable Vertx current;
  private volatile boolean closing;

  /**
   * A bus that is not joined yet.
   *
   * @param gone hears the names of nodes that have left
   */
  public ClusterBus(NodeConfig config, Consumer<String> gone) {
    this.config = config;
    this.gone = gone;
    this.thread = new Thread(this::run, "phalanx-membership");
    this.thread.setDaemon(true);
  }

  /**
   * Joins.
   *
   * @throws ExecutionException if it cannot be done, such as for a port that is taken
   */
  public void join() throws ExecutionException, InterruptedException {
    current = joined();
    thread.start();
  }

  /** Calls the listener now and after each time that the cluster was joined anew. */
  public void onJoin(Consumer<Vertx> listener) {
    listeners.add(listener);
    Vertx known = current;
    if (known != null) {
      listener.accept(known);
    }
  }

  /** The Vert.x that is joined now; none for a moment while it is joined anew. */
  public @Nullable Vertx vertx() {
    return current;
  }

  /** Leaves and joins anew, unless that is under way. */
  public void rejoin() {
    rejoin.release();
  }

  @Override
  public void close() {
    closing = true;
    rejoin.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    leave();
  }

  private void run() {
    try {
      while (!closing) {
        rejoin.acquire();
        rejoin.drainPermits();
        if (!closing) {
          joinAgain();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void joinAgain() throws InterruptedException {
    LOG.info("event=rejoining node={}", config.nodeId());
    leave();
    while (!closing) {
      try {
        Vertx vertx = joined();
        current = vertx;
        listeners.forEach(listener -> listener.accept(vertx));
        LOG.info("event=rejoined node={}", config.nodeId());
        return;
      } catch (ExecutionException e) {
        LOG.warn("event=rejoin-failed node={} reason={}", config.nodeId(), e.toString());
        Thread.sleep(AGAIN_MS);
      }
    }
  }

  private void leave() {
    Vertx left = current;
    current = null;
    if (left == null) {
      return;
    }
    try {
      left.close().toCompletionStage().toCompletableFuture().get(LEAVE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("event=leave-incomplete node={} reason={}", config.nodeId(), e.toString());
    }
  }

  private Vertx joined() throws ExecutionException, InterruptedException {
    HazelcastClusterManager manager =
        new HazelcastClusterManager(
            HazelcastSettings.of(config.cluster(), config.cell(), config.nodeId()));
    try {
      Vertx vertx =
          Vertx.builder()
              .with(new VertxOptions().setEventLoopPoolSize(2).setEventBusOptions(bus()))
              .withClusterManager(manager)
              .buildClustered()
              .toCompletionStage()
              .toCompletableFuture()
              .get(JOIN_SECONDS, TimeUnit.SECONDS);
      rejoin.drainPermits(); // what was asked for while it was under way is done by it
      listen(manager.getHazelcastInstance());
      return vertx;
    } catch (TimeoutException e) {
      throw new ExecutionException("the cluster was not joined in time", e);
    }
  }

  private EventBusOptions bus() {
    return new EventBusOptions()
        .setHost(config.cluster().host())
        .setPort(config.cluster().busPort())
        .setClusterPublicHost(config.cluster().host())
        .setClusterPingInterval(1000)
        .setClusterPingReplyInterval(1000)
        .setConnectTimeout(1000)
        .setReconnectAttempts(0);
  }

  private void listen(HazelcastInstance hazelcast) {
    hazelcast.getCluster().addMembershipListener(new Departures(gone));
    hazelcast
        .getLifecycleService()
        .addLifecycleListener(
            event -> {
              if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
                rejoin();
              }
            });
  }

  private record Departures(Consumer<String> gone) implements MembershipListener {
    @Override
    public void memberAdded(MembershipEvent event) {}

    @Override
    public void memberRemoved(MembershipEvent event) {
      String node = event.getMember().getAttribute(HazelcastSettings.NODE);
      if (node != null) {
        gone.accept(node);
      }
    }
  }
}
