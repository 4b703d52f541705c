package io.phalanx.loadtests.scale;

import io.phalanx.loadtests.accept.RequestBody;
import io.phalanx.simulator.load.LoadListener;
import io.phalanx.simulator.load.LoadPlan;
import io.phalanx.simulator.load.LoadResult;
import io.phalanx.simulator.load.LoadTarget;
import io.phalanx.simulator.load.OpenLoopLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Every kind of load on one cluster, in windows that take turns. */
final class ScaleRun {
  private final ScalePlan plan;
  private final ScaleCluster cluster;
  private final Consumer<String> lines;
  private final Map<Load, Tally> tallies = new EnumMap<>(Load.class);
  private final Written known;
  private Writing writing = Writing.none();
  private long sent;

  private ScaleRun(ScalePlan plan, ScaleCluster cluster, Consumer<String> lines)
      throws InterruptedException {
    this.plan = plan;
    this.cluster = cluster;
    this.lines = lines;
    this.known = Written.to(cluster.node(cluster.leader()).url(), RequestBody.of(sent++));
  }

  /** Measures a cluster of that size, on an empty folder. */
  static SizeFigures run(Path folder, int size, ScalePlan plan, Consumer<String> lines)
      throws InterruptedException {
    try (ScaleCluster cluster = ScaleCluster.start(folder, size, plan.heap())) {
      return new ScaleRun(plan, cluster, lines).run();
    }
  }

  private SizeFigures run() throws InterruptedException {
    List<Load> loads = List.of(Load.values()).stream().filter(l -> l.isOf(cluster.size())).toList();
    for (Load load : loads) {
      tallies.put(load, new Tally(cluster.size()));
      if (load != Load.IDLE) {
        load(load, plan.warmUp());
      }
    }
    ReadProbe.Lateness lateness = ReadProbe.run(cluster, plan.probes(), sent);
    sent += plan.probes();
    for (int window = 0; window < plan.windows(); window++) {
      for (Load load : loads) {
        measure(load);
      }
    }
    cluster.checkLeader();
    return figures(loads, lateness);
  }

  private SizeFigures figures(List<Load> loads, ReadProbe.Lateness lateness) {
    Usage idle = tally(Load.IDLE).perSecond();
    Map<Load, Cost> costs = new EnumMap<>(Load.class);
    for (Load load : loads) {
      if (load != Load.IDLE) {
        Tally tally = tally(load);
        if (!tally.failed().isEmpty()) {
          lines.accept(load.title() + ": answers that were none of 2xx: " + tally.failed());
        }
        costs.put(load, tally.cost(idle, cluster.leader(), cluster.asked(load)));
      }
    }
    return new SizeFigures(cluster.size(), idle, cluster.leader(), costs, writing, lateness);
  }

  private Tally tally(Load load) {
    Tally tally = tallies.get(load);
    if (tally == null) {
      throw new IllegalStateException(load + " is not measured on so many nodes");
    }
    return tally;
  }

  private void measure(Load load) throws InterruptedException {
    Writing before = load.isWrite() ? Writing.of(cluster) : Writing.none();
    Usage from = cluster.usage();
    long started = System.nanoTime();
    List<LoadResult> results = load(load, plan.window());
    Duration length = Duration.ofNanos(System.nanoTime() - started);
    tally(load).add(results, cluster.usage().minus(from), length);
    cluster.checkLeader(); // or what is one node's would be taken for another's
    if (load.isWrite()) {
      writing = writing.plus(Writing.of(cluster).minus(before));
    }
  }

  /** One generator for each node that is asked, all at the same time. */
  private List<LoadResult> load(Load load, Duration length) throws InterruptedException {
    List<Integer> asked = cluster.asked(load);
    if (asked.isEmpty()) {
      TimeUnit.NANOSECONDS.sleep(length.toNanos());
      return List.of();
    }
    int connections = Math.max(1, plan.connections() / asked.size());
    LoadPlan closed = LoadPlan.closed(connections, length, Duration.ZERO);
    ExecutorService generators = Executors.newFixedThreadPool(asked.size());
    try {
      List<Future<LoadResult>> running = new ArrayList<>();
      for (int node : asked) {
        LoadTarget target = target(load, node);
        running.add(generators.submit(() -> OpenLoopLoad.run(target, closed, LoadListener.NONE)));
      }
      List<LoadResult> results = new ArrayList<>();
      for (Future<LoadResult> one : running) {
        results.add(one.get());
      }
      sent += results.stream().mapToLong(LoadResult::due).sum();
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the load broke", e.getCause());
    } finally {
      generators.shutdown();
    }
  }

  private LoadTarget target(Load load, int node) {
    return switch (load) {
      case IDLE -> throw new IllegalArgumentException("nothing is asked");
      case ECHO_ONE, ECHO_ALL -> post(node, "/benchmark/echo");
      case WRITE_DIRECT, WRITE_FORWARDED, WRITE_ALL -> post(node, "/v1/deployments");
      case READ_ONE, READ_ALL -> get(node, Map.of());
      case READ_AT_ONE ->
          get(node, Map.of("Min-Journal-Position", Long.toString(known.position())));
    };
  }

  private LoadTarget post(int node, String path) {
    long from = sent;
    return new LoadTarget(
        cluster.node(node).url(),
        "POST",
        path,
        Map.of("Content-Type", "application/json", "X-Developer", "load"),
        "scale-" + node + "-" + from + "-",
        number -> RequestBody.of(from + number));
  }

  private LoadTarget get(int node, Map<String, String> besides) {
    Map<String, String> headers = new HashMap<>(besides);
    headers.put("X-Developer", "load");
    return new LoadTarget(
        cluster.node(node).url(), "GET", known.path(), headers, "", number -> new byte[0]);
  }
}
