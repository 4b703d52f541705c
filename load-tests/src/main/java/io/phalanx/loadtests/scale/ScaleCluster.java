package io.phalanx.loadtests.scale;

import io.phalanx.loadtests.cluster.ClusterProcesses;
import io.phalanx.loadtests.cluster.ClusterProcesses.Seat;
import io.phalanx.loadtests.cluster.PostgresProcess;
import io.phalanx.loadtests.process.ServiceProcess;
import io.phalanx.loadtests.process.ServiceProcess.Place;
import io.phalanx.loadtests.process.ThreadTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Nodes of a cluster on a database of their own, and what all of them use. */
final class ScaleCluster implements AutoCloseable {
  private final Path data;
  private final PostgresProcess store;
  private final ClusterProcesses nodes;
  private final int leader;

  private ScaleCluster(Path data, PostgresProcess store, ClusterProcesses nodes, int leader) {
    this.data = data;
    this.store = store;
    this.nodes = nodes;
    this.leader = leader;
  }

  /** Starts so many nodes on an empty folder, with the benchmark's echo. */
  static ScaleCluster start(Path folder, int size, String heap) throws InterruptedException {
    Path data = folder.resolve("postgres");
    PostgresProcess store = PostgresProcess.start(data, ServiceProcess.freePort());
    try {
      ClusterProcesses nodes =
          ClusterProcesses.start(
              folder,
              Stream.generate(() -> new Seat(Place.here(), store.jdbcUrl())).limit(size).toList(),
              List.of("-Xms" + heap, "-Xmx" + heap),
              List.of("--benchmark-echo"));
      return new ScaleCluster(data, store, nodes, nodes.leader(-1));
    } catch (RuntimeException | InterruptedException e) {
      store.close();
      throw e;
    }
  }

  int size() {
    return nodes.size();
  }

  ServiceProcess node(int index) {
    return nodes.node(index);
  }

  /** Index of the node that leads. */
  int leader() {
    return leader;
  }

  /**
   * Whether that one still leads, as every figure takes for granted.
   *
   * @throws IllegalStateException if another does
   */
  void checkLeader() throws InterruptedException {
    if (nodes.leader(-1) != leader) {
      throw new IllegalStateException("another node leads now: measure again");
    }
  }

  /** Indexes of the nodes that a load asks. */
  List<Integer> asked(Load load) {
    List<Integer> all = IntStream.range(0, size()).boxed().toList();
    return switch (load.where()) {
      case NONE -> List.of();
      case LEADER -> List.of(leader);
      case FOLLOWER -> List.of(size() == 1 ? leader : (leader + 1) % size());
      case ALL -> all;
    };
  }

  /** What all processes have used until now. */
  Usage usage() {
    List<Duration> used = IntStream.range(0, size()).mapToObj(i -> nodes.node(i).cpu()).toList();
    return new Usage(used, database());
  }

  /** What the threads of the node that leads have used until now. */
  ThreadTimes leaderThreads() {
    return nodes.node(leader).threads();
  }

  private Duration database() {
    try {
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
      return ProcessHandle.of(pid).stream()
          .flatMap(main -> Stream.concat(Stream.of(main), main.descendants()))
          .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
          .reduce(Duration.ZERO, Duration::plus);
    } catch (IOException e) {
      throw new UncheckedIOException("the database has no process", e);
    }
  }

  @Override
  public void close() {
    try (store) {
      nodes.close();
    }
  }
}
