package io.phalanx.api.support;

import io.phalanx.api.demo.FreePorts;
import io.phalanx.scheduler.storage.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Several nodes of this process on a real PostgreSQL, as one service. */
public final class ServedCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String CELL = "main";

  private final EmbeddedPostgres postgres;
  private final List<ServedNode> nodes = new ArrayList<>();
  private final List<Supplier<ServedNode>> starts = new ArrayList<>();

  private ServedCluster(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Starts them one after the other, each once the one before is ready.
   *
   * @param size how many
   * @param settings of each node by its index, beside those of the cluster
   */
  public static ServedCluster start(
      Path folder, int size, IntFunction<Map<String, String>> settings) throws IOException {
    ServedCluster cluster = new ServedCluster(database());
    try {
      Path secret =
          Files.writeString(folder.resolve("secret"), "at least 32 bytes that only they know");
      List<Integer> ports =
          Stream.generate(new FreePorts(new SecureRandom())::next).limit(size).toList();
      for (int i = 0; i < size; i++) {
        Map<String, String> all = new HashMap<>(settings.apply(i));
        all.put("node-id", "node-" + i);
        all.put("store", cluster.url());
        all.put("signing-key", folder.resolve("key.pem").toString());
        all.put("cluster.members", members(ports));
        all.put("cluster.port", ports.get(i).toString());
        all.put("cluster.secret-file", secret.toString());
        Path data = folder.resolve("node-" + i);
        long seed = i + 1L;
        cluster.starts.add(() -> ServedNode.startAmong(data, all, seed));
      }
      cluster.startNodes();
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static EmbeddedPostgres database() throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "100")
        .setPGStartupWait(Duration.ofSeconds(60))
        .start();
  }

  private static String members(List<Integer> ports) {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  /** Starts all again that were stopped. */
  public void startNodes() {
    starts.forEach(start -> nodes.add(start.get()));
  }

  /** Stops all nodes; the database goes on. */
  public void stopNodes() {
    nodes.forEach(ServedNode::close);
    nodes.clear();
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=postgres";
  }

  /** The database, as its journal is opened. */
  public PostgresServer store() {
    return new PostgresServer(url(), CELL);
  }

  /** One of them, from 0. */
  public ServedNode node(int index) {
    return nodes.get(index);
  }

  /** Index of the node that leads; waits until one does. */
  public int leader() {
    await(() -> nodes.stream().anyMatch(ServedCluster::isLeading));
    return IntStream.range(0, nodes.size())
        .filter(i -> isLeading(nodes.get(i)))
        .findFirst()
        .orElseThrow();
  }

  /** Index of a node that does not. */
  public int follower() {
    return (leader() + 1) % nodes.size();
  }

  private static boolean isLeading(ServedNode node) {
    return node.node().engine().sequencer().isLeading();
  }

  /** Waits for something to become so. */
  public static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not happen within " + PATIENCE);
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    stopNodes();
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
