package io.phalanx.api.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phalanx.api.Main;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Several nodes on loopback, each a process of its own, and the database they share. */
final class DemoCluster implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long READY_SECONDS = 120;
  private static final long STOP_SECONDS = 20;
  private static final int ASK_TIMEOUT_MS = 2_000;
  private static final long KEY_SECONDS = 20;

  /** What the node that makes the first key says once, on a line of its own. */
  private static final Pattern ADMIN_KEY = Pattern.compile("admin key.*: (phx_\\S+)");

  private final Path folder;
  private final @Nullable EmbeddedPostgres postgres;
  private final String store;
  private final String cell;
  private final List<Node> nodes = new ArrayList<>();
  private Optional<String> adminKey = Optional.empty();

  private record Node(String id, URI url, Process process) {}

  /**
   * What every node is like.
   *
   * @param settings beside those of the cluster
   * @param asksForKeys whether callers need keys; miners are simulated, so they are believed
   */
  record Shape(String settings, boolean asksForKeys) {}

  private DemoCluster(Path folder, @Nullable EmbeddedPostgres postgres, String store, String cell) {
    this.folder = folder;
    this.postgres = postgres;
    this.store = store;
    this.cell = cell;
  }

  /**
   * Starts them and returns when all are ready.
   *
   * @param folder for configuration and logs
   * @param store JDBC URL; none: a database is started too
   * @param size how many nodes
   * @param shape of every node
   */
  static DemoCluster start(
      Path folder, @Nullable String store, int size, Shape shape, RandomGenerator random)
      throws InterruptedException {
    EmbeddedPostgres postgres = store == null ? database(folder) : null;
    String url =
        postgres == null
            ? String.valueOf(store)
            : "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=postgres";
    String cell = "demo-" + Long.toString(random.nextLong() >>> 1, 36);
    DemoCluster cluster = new DemoCluster(folder, postgres, url, cell);
    try {
      cluster.launch(size, shape, random);
      for (Node node : cluster.nodes) {
        cluster.awaitReady(node);
      }
      if (shape.asksForKeys()) {
        cluster.adminKey = Optional.of(cluster.awaitAdminKey());
      }
      return cluster;
    } catch (IOException e) {
      cluster.close();
      throw new UncheckedIOException("the cluster cannot be started", e);
    } catch (RuntimeException | InterruptedException e) {
      cluster.close();
      throw e;
    }
  }

  private static EmbeddedPostgres database(Path folder) {
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(folder.resolve("postgres"))
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setPGStartupWait(Duration.ofSeconds(60))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("the database cannot be started", e);
    }
  }

  private void launch(int size, Shape shape, RandomGenerator random) throws IOException {
    Path secret = folder.resolve("secret");
    Files.writeString(
        secret,
        Stream.generate(() -> Long.toHexString(random.nextLong()))
            .limit(4)
            .collect(Collectors.joining("-", "demo-", "-0123456789abcdef")));
    FreePorts free = new FreePorts(random);
    List<Integer> ports = Stream.generate(free::next).limit(2L * size).toList();
    String members =
        ports.subList(size, 2 * size).stream()
            .map(port -> "127.0.0.1:" + port)
            .collect(Collectors.joining(","));
    for (int i = 0; i < size; i++) {
      String id = "node-" + (i + 1);
      Path home = Files.createDirectories(folder.resolve(id));
      Path config = home.resolve("node.yaml");
      Files.writeString(
          config,
          """
          node-id: %s
          cell: %s
          listen:
            port: %d
          data: "%s"
          store: "%s"
          signing-key: "%s"
          cluster:
            members: "%s"
            port: %d
            secret-file: "%s"
          %s
          """
              .formatted(
                  id,
                  cell,
                  ports.get(i),
                  home,
                  store,
                  folder.resolve("scheduler-key.pem"),
                  members,
                  ports.get(size + i),
                  secret,
                  shape.settings()));
      nodes.add(
          new Node(
              id, URI.create("http://127.0.0.1:" + ports.get(i)), process(home, config, shape)));
    }
  }

  /** By its jar where there is one: what its manifest opens is opened only so. */
  private static Process process(Path home, Path config, Shape shape) throws IOException {
    String classPath = System.getProperty("java.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    if (classPath.endsWith(".jar") && !classPath.contains(java.io.File.pathSeparator)) {
      command.addAll(List.of("-jar", classPath));
    } else {
      command.addAll(List.of("-cp", classPath, Main.class.getName()));
    }
    command.addAll(List.of("serve", "--config", config.toString()));
    if (shape.asksForKeys()) {
      command.addAll(List.of("--auth", "keys", "--trust-declared"));
    }
    ProcessBuilder node =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile());
    // These would count more than the file of each node, and be the same for all.
    node.environment().keySet().removeIf(name -> name.startsWith("PHALANX_"));
    return node.start();
  }

  private void awaitReady(Node node) throws InterruptedException, IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
    while (get(node.url().resolve("/health/ready")).isEmpty()) {
      if (!node.process().isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(
            node.id() + " is not ready:\n" + Files.readString(folder.resolve(node.id() + "/log")));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Said by one node, soon after it is ready. */
  private String awaitAdminKey() throws InterruptedException, IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(KEY_SECONDS);
    while (System.nanoTime() < end) {
      for (Node node : nodes) {
        Matcher said = ADMIN_KEY.matcher(Files.readString(folder.resolve(node.id() + "/log")));
        if (said.find()) {
          return said.group(1);
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IllegalStateException("no node has shown an admin key");
  }

  /** With which all other keys are issued, where nodes ask for them. */
  Optional<String> adminKey() {
    return adminKey;
  }

  /** The database, as a node would be told. */
  String store() {
    return store;
  }

  /** Whose journal it is. */
  String cell() {
    return cell;
  }

  /** One node that does not lead now: it stays when the leader is killed. */
  URI follower() throws InterruptedException {
    String leader = leader();
    return nodes.stream()
        .filter(node -> !node.id().equals(leader))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is one node only"))
        .url();
  }

  /** Returns once there is something to do: the fleet is up then. */
  void awaitDeployment(URI node) throws InterruptedException {
    while (!get(node.resolve("/v1/deployments?limit=1")).contains("\"id\"")) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** {@code kill -9} of the node that leads; returns its name. */
  String killLeader() throws InterruptedException {
    String leader = leader();
    for (Node node : nodes) {
      if (node.id().equals(leader)) {
        node.process().destroyForcibly().waitFor();
      }
    }
    return leader;
  }

  private String leader() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
    while (System.nanoTime() < end) {
      for (Node node : nodes) {
        String leader = said(get(node.url().resolve("/v1/cluster")));
        if (!leader.isEmpty()) {
          return leader;
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IllegalStateException("no node leads");
  }

  private static String said(String body) {
    try {
      JsonNode leader = body.isEmpty() ? null : JSON.readTree(body).get("leader");
      return leader == null || leader.isNull() ? "" : leader.asText();
    } catch (IOException e) {
      return "";
    }
  }

  /** The body of a 200; empty for anything else. */
  private String get(URI url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
      connection.setConnectTimeout(ASK_TIMEOUT_MS);
      connection.setReadTimeout(ASK_TIMEOUT_MS);
      adminKey.ifPresent(key -> connection.setRequestProperty("Authorization", "Bearer " + key));
      try {
        return connection.getResponseCode() == 200
            ? new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            : "";
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return "";
    }
  }

  /** Stops the nodes, so that all is in the journal; the database goes on. */
  void stopNodes() throws InterruptedException {
    nodes.forEach(node -> node.process().destroy());
    for (Node node : nodes) {
      if (!node.process().waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        node.process().destroyForcibly().waitFor();
      }
    }
  }

  @Override
  public void close() {
    try {
      stopNodes();
    } catch (InterruptedException e) {
      nodes.forEach(node -> node.process().destroyForcibly());
      Thread.currentThread().interrupt();
    }
    EmbeddedPostgres known = postgres;
    if (known != null) {
      try {
        known.close();
      } catch (IOException e) {
        throw new UncheckedIOException("the database did not stop well", e);
      }
    }
  }
}
