package io.phalanx.loadtests.cluster;

import io.phalanx.loadtests.cluster.ClusterProcesses.Seat;
import io.phalanx.loadtests.cluster.PartitionReport.Parted;
import io.phalanx.loadtests.process.ServiceProcess.Place;
import io.phalanx.simulator.payout.PayoutEndpoint;
import io.phalanx.simulator.payout.PayoutFaults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A cluster under load whose network falls apart and heals, again and again. Nodes and database are
 * in namespaces of their own; their clients reach every node at any time.
 */
public final class PartitionRun {
  private static final long BETWEEN_MS = 1_000;
  private static final Duration WHOLE_WITHIN = Duration.ofMinutes(2);

  private final Namespaces spaces;
  private final ClusterProcesses cluster;
  private final Scene scene;
  private final List<Parted> parted = new ArrayList<>();

  private PartitionRun(Namespaces spaces, ClusterProcesses cluster, Scene scene) {
    this.spaces = spaces;
    this.cluster = cluster;
    this.scene = scene;
  }

  /** What this machine lacks for such a run, in a sentence; nothing if it can be done. */
  public static Optional<String> missing() throws InterruptedException {
    return Namespaces.missing();
  }

  /**
   * Runs the plan on an empty folder.
   *
   * @param lines hears of each partition
   */
  public static PartitionReport run(Path folder, PartitionPlan plan, Consumer<String> lines)
      throws InterruptedException {
    PayoutFaults payoutFaults = PayoutFaults.some(plan.load().seed());
    try (Namespaces spaces = Namespaces.make(plan.load().nodes());
        PayoutEndpoint payout = PayoutEndpoint.open(spaces.ownAddress(), 0, payoutFaults);
        PlacedPostgres store =
            PlacedPostgres.start(
                folder.resolve("postgres"),
                spaces.address(PartitionShape.STORE),
                spaces.within(PartitionShape.STORE));
        ClusterProcesses cluster =
            ClusterProcesses.start(
                folder,
                seats(spaces, store, plan.load().nodes()),
                List.of("--payout", payout.url().toString(), "--settlement-period", "PT5S"));
        Scene scene = new Scene(cluster, payout, store.jdbcUrl(), lines)) {
      return new PartitionRun(spaces, cluster, scene).run(plan);
    }
  }

  private static List<Seat> seats(Namespaces spaces, PlacedPostgres store, int nodes) {
    return IntStream.range(0, nodes)
        .mapToObj(i -> new Place(spaces.address(i), Namespaces.HTTP_PORT, spaces.within(i)))
        .map(place -> new Seat(place, store.jdbcUrl()))
        .toList();
  }

  private PartitionReport run(PartitionPlan plan) throws InterruptedException {
    scene.begin(plan.load());
    awaitWhole("the start", System.nanoTime());
    for (PartitionShape shape : plan.shapes()) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_MS);
      part(shape, plan.lasting());
      scene.check(shape.name());
    }
    return new PartitionReport(parted, scene.finish());
  }

  private void part(PartitionShape shape, Duration lasting) throws InterruptedException {
    int fencedBefore = fenced();
    long droppedBefore = spaces.dropped();
    int leader = cluster.leader(-1);
    long since = System.nanoTime();
    spaces.cut(shape.cuts(leader, cluster.size()));
    TimeUnit.MILLISECONDS.sleep(lasting.toMillis());
    spaces.heal();
    long dropped = spaces.dropped() - droppedBefore;
    Duration whole = awaitWhole(shape.name(), System.nanoTime());
    int stale = fenced() - fencedBefore;
    scene.refused(stale);
    parted.add(
        new Parted(shape, dropped, scene.note(shape.name(), since), worst(since), whole, stale));
  }

  private int fenced() {
    return IntStream.range(0, cluster.size()).map(cluster::fenced).sum();
  }

  private Duration worst(long sinceNanos) {
    return IntStream.range(0, cluster.size())
        .mapToObj(i -> WriteProbe.longestGap(List.of(scene.probe(i)), sinceNanos))
        .max(Duration::compareTo)
        .orElseThrow();
  }

  /** Every node is ready, hears all others, and has taken a write since. */
  private Duration awaitWhole(String when, long sinceNanos) throws InterruptedException {
    for (int i = 0; i < cluster.size(); i++) {
      while (!(cluster.isWhole(i) && scene.probe(i).tookSince(sinceNanos))) {
        if (System.nanoTime() - sinceNanos > WHOLE_WITHIN.toNanos()) {
          scene.fault("%s: node %d is not whole again within %s".formatted(when, i, WHOLE_WITHIN));
          break;
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    return Duration.ofNanos(System.nanoTime() - sinceNanos);
  }
}
