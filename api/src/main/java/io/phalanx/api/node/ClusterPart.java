package io.phalanx.api.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.phalanx.api.route.ClusterView;
import io.phalanx.api.trace.WriteTraces;
import io.phalanx.cluster.ClusterNode;
import io.phalanx.cluster.NodeConfig;
import io.phalanx.scheduler.engine.Engine;
import io.phalanx.scheduler.engine.Leadership;
import io.phalanx.scheduler.engine.Writes;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** This node's part among others; or that of a node that is alone, which leads itself. */
final class ClusterPart implements ClusterView, AutoCloseable {
  private final NodeConfig config;
  private final Vertx vertx;
  private final @Nullable ClusterNode cluster;
  private volatile @Nullable Engine engine;

  private ClusterPart(NodeConfig config, Vertx vertx, @Nullable ClusterNode cluster) {
    this.config = config;
    this.vertx = vertx;
    this.cluster = cluster;
  }

  /** Joins the cluster that is configured, if one is. */
  static ClusterPart join(NodeConfig config, InstantSource clock, RandomGenerator random) {
    Vertx vertx = Vertx.vertx();
    if (!config.cluster().isOn()) {
      return new ClusterPart(config, vertx, null);
    }
    try {
      return new ClusterPart(config, vertx, ClusterNode.join(config, vertx, clock, random));
    } catch (RuntimeException e) {
      vertx.close();
      throw e;
    }
  }

  Vertx vertx() {
    return vertx;
  }

  Leadership leadership() {
    return cluster == null ? Leadership.ALONE : cluster.leadership();
  }

  /** Begins to take part with that engine. */
  void attach(Engine started, MeterRegistry registry, WriteTraces traces) {
    engine = started;
    ClusterNode node = cluster;
    if (node != null) {
      node.attach(started, traces::traced);
      gauge(registry, "phalanx.cluster.nodes", node, n -> n.nodes().size());
      gauge(registry, "phalanx.cluster.lag", node, ClusterNode::lag);
      gauge(registry, "phalanx.cluster.forwarding", node, ClusterNode::forwarding);
      gauge(registry, "phalanx.cluster.dropped", node, ClusterNode::droppedMessages);
    }
  }

  private static void gauge(
      MeterRegistry registry, String name, ClusterNode node, ToDoubleFunction<ClusterNode> value) {
    Gauge.builder(name, node, value).register(registry);
  }

  /** The way of every write to whoever leads. */
  Writes writes(Engine started, WriteTraces traces) {
    return cluster == null
        ? submission -> started.sequencer().submit(traces.traced(submission))
        : cluster.writes();
  }

  /** Whether writes find a leader, and what is read here is not old. */
  boolean isServing() {
    Engine known = engine;
    if (known == null) {
      return false;
    }
    ClusterNode node = cluster;
    return known.sequencer().isLeading()
        || (node != null && node.leader().isPresent() && node.keepsUp());
  }

  /** Lets another lead while this node still brings its callers' writes there. */
  void handOver() {
    Engine known = engine;
    if (cluster != null && known != null) {
      known.sequencer().resign();
    }
  }

  @Override
  public List<Node> nodes() {
    ClusterNode node = cluster;
    if (node != null) {
      return node.nodes().stream().map(n -> new Node(n.id(), n.leader(), n.position())).toList();
    }
    Engine known = engine;
    return known == null
        ? List.of()
        : List.of(
            new Node(
                config.nodeId(), known.sequencer().isLeading(), known.replica().head().last()));
  }

  /** Leaves; the engine must be closed before. */
  @Override
  public void close() {
    if (cluster != null) {
      cluster.close();
    }
  }
}
