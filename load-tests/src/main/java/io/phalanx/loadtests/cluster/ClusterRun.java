package io.phalanx.loadtests.cluster;

import io.phalanx.loadtests.cluster.ClusterProcesses.Seat;
import io.phalanx.loadtests.process.ServiceProcess;
import io.phalanx.simulator.payout.PayoutEndpoint;
import io.phalanx.simulator.payout.PayoutFaults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A cluster on loopback and a real database under load, with faults one after the other. */
public final class ClusterRun {
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration STORE_DOWN = Duration.ofMillis(500);
  private static final long BETWEEN_MS = 4_000;
  private static final long AFTER_MS = 5_000;

  private final PostgresProcess store;
  private final List<StoreProxy> ways;
  private final ClusterProcesses cluster;
  private final Scene scene;

  private ClusterRun(
      PostgresProcess store, List<StoreProxy> ways, ClusterProcesses cluster, Scene scene) {
    this.store = store;
    this.ways = ways;
    this.cluster = cluster;
    this.scene = scene;
  }

  /**
   * Runs the plan on an empty folder.
   *
   * @param lines hears of each fault
   */
  public static ClusterReport run(Path folder, ClusterPlan plan, Consumer<String> lines)
      throws InterruptedException {
    List<StoreProxy> ways = new ArrayList<>();
    try (PayoutEndpoint payout = PayoutEndpoint.open(0, PayoutFaults.some(plan.load().seed()));
        PostgresProcess store =
            PostgresProcess.start(folder.resolve("postgres"), ServiceProcess.freePort());
        ClusterProcesses cluster =
            ClusterProcesses.start(
                folder,
                seats(store, plan.load().nodes(), ways),
                List.of("--payout", payout.url().toString(), "--settlement-period", "PT5S"));
        Scene scene = new Scene(cluster, payout, store.jdbcUrl(), lines)) {
      return new ClusterRun(store, ways, cluster, scene).run(plan);
    } finally {
      ways.forEach(StoreProxy::close);
    }
  }

  /** Each node reaches the database by a way of its own. */
  private static List<Seat> seats(PostgresProcess store, int nodes, List<StoreProxy> ways) {
    List<Seat> seats = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      StoreProxy way = StoreProxy.open(store.port());
      ways.add(way);
      seats.add(new Seat(ServiceProcess.Place.here(), PostgresProcess.jdbcUrl(way.port())));
    }
    return seats;
  }

  private ClusterReport run(ClusterPlan plan) throws InterruptedException {
    scene.begin(plan.load());
    for (ClusterFault fault : plan.faults()) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_MS);
      happen(fault);
      scene.check(fault.name());
    }
    return scene.finish();
  }

  private void happen(ClusterFault fault) throws InterruptedException {
    int leader = cluster.leader(-1);
    long since = System.nanoTime();
    switch (fault) {
      case KILL_LEADER -> {
        cluster.node(leader).kill();
        cluster.leader(leader);
        TimeUnit.MILLISECONDS.sleep(AFTER_MS);
        scene.note(fault.name(), since);
        cluster.restart(leader);
      }
      case STOP_LEADER -> {
        cluster.node(leader).stop();
        TimeUnit.MILLISECONDS.sleep(AFTER_MS);
        scene.note(fault.name(), since);
        cluster.restart(leader);
      }
      case RESTART_EACH -> {
        for (int node = 0; node < cluster.size(); node++) {
          cluster.node(node).stop();
          cluster.restart(node);
        }
        TimeUnit.MILLISECONDS.sleep(AFTER_MS);
        scene.note(fault.name(), since);
      }
      case PAUSE_LEADER -> {
        int before = cluster.fenced(leader);
        long pid = cluster.node(leader).pid();
        Signals.send(pid, "STOP");
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        Signals.send(pid, "CONT");
        TimeUnit.MILLISECONDS.sleep(AFTER_MS);
        scene.note(fault.name(), since);
        scene.refused(cluster.fenced(leader) - before);
      }
      case CRASH_STORE -> {
        store.crash(STORE_DOWN);
        long back = System.nanoTime();
        cluster.leader(-1);
        TimeUnit.MILLISECONDS.sleep(AFTER_MS);
        scene.note(fault.name(), back);
      }
      case CUT_LEADER_FROM_STORE -> cut(fault, leader, true);
      case LOSE_ANSWERS_TO_LEADER -> cut(fault, leader, false);
    }
  }

  private void cut(ClusterFault fault, int leader, boolean bothWays) throws InterruptedException {
    long since = System.nanoTime();
    ways.get(leader).hold(bothWays, true);
    TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    ways.get(leader).hold(false, false);
    ways.get(leader).reset();
    TimeUnit.MILLISECONDS.sleep(AFTER_MS);
    scene.note(fault.name(), since);
  }
}
