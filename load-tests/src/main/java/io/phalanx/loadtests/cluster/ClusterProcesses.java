package io.phalanx.loadtests.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phalanx.loadtests.process.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The nodes of a cluster: real jars in processes of their own. */
public final class ClusterProcesses implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ASK_TIMEOUT_MS = 1_000;
  private static final long LEADER_WITHIN_MS = 60_000;

  /** Its better compiler pays only in longer lives, and there are several on one machine. */
  private static final List<String> OPTIONS =
      List.of("-Xmx400m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData");

  private final List<String> options;
  private final List<ServiceProcess.Launch> launches = new ArrayList<>();
  private final List<ServiceProcess> nodes = new ArrayList<>();

  private ClusterProcesses(List<String> options) {
    this.options = List.copyOf(options);
  }

  /**
   * Where a node stands.
   *
   * @param place where it runs
   * @param store JDBC URL of the database, as this node reaches it
   */
  public record Seat(ServiceProcess.Place place, String store) {}

  /**
   * Starts them all and returns when all are ready.
   *
   * @param folder for their configuration, one folder each
   * @param seats one for each
   * @param arguments of {@code serve}, besides
   */
  static ClusterProcesses start(Path folder, List<Seat> seats, List<String> arguments)
      throws InterruptedException {
    return start(folder, seats, OPTIONS, arguments);
  }

  /**
   * The same on virtual machines with options of their own.
   *
   * @param options of each virtual machine
   */
  public static ClusterProcesses start(
      Path folder, List<Seat> seats, List<String> options, List<String> arguments)
      throws InterruptedException {
    ClusterProcesses cluster = new ClusterProcesses(options);
    try {
      cluster.prepare(folder, seats, arguments);
      cluster.launches.forEach(launch -> cluster.nodes.add(ServiceProcess.launch(launch)));
      for (ServiceProcess node : cluster.nodes) {
        node.awaitReady();
      }
      return cluster;
    } catch (RuntimeException | InterruptedException e) {
      cluster.close();
      throw e;
    }
  }

  private void prepare(Path folder, List<Seat> seats, List<String> arguments) {
    Members members = Members.of(folder, seats);
    for (int i = 0; i < seats.size(); i++) {
      Path home = folder.resolve(id(i));
      Path file = write(home.resolve("node.yaml"), members.configuration(i, seats.get(i)));
      List<String> all = new ArrayList<>(List.of("--config", file.toString()));
      all.addAll(arguments);
      launches.add(ServiceProcess.Launch.of(home, seats.get(i).place(), options, all));
    }
  }

  /** What the nodes of a cluster know of each other and share. */
  private record Members(List<String> addresses, Path secret, Path key) {
    static Members of(Path folder, List<Seat> seats) {
      List<String> addresses =
          seats.stream().map(s -> s.place().host() + ":" + ServiceProcess.freePort()).toList();
      Path secret =
          write(folder.resolve("secret"), "only the nodes of this test know it, 32 bytes");
      Path key = folder.resolve("scheduler-key.pem"); // made by the first node that looks
      return new Members(addresses, secret, key);
    }

    String configuration(int index, Seat seat) {
      String own = addresses.get(index);
      return """
      node-id: %s
      store: "%s"
      signing-key: "%s"
      cluster:
        members: "%s"
        host: %s
        port: %s
        secret-file: "%s"
      """
          .formatted(
              id(index),
              seat.store(),
              key,
              String.join(",", addresses),
              seat.place().host(),
              own.substring(own.indexOf(':') + 1),
              secret);
    }
  }

  private static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String id(int index) {
    return "node-" + (index + 1);
  }

  /** How many there are. */
  public int size() {
    return nodes.size();
  }

  /** One of them, from 0. */
  public ServiceProcess node(int index) {
    return nodes.get(index);
  }

  /** Starts one again that has ended; returns when it is ready. */
  public void restart(int index) throws InterruptedException {
    nodes.set(index, ServiceProcess.start(launches.get(index)));
  }

  /** Index of the node that leads, by the word of the others but one; waits until there is one. */
  public int leader(int notAsked) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LEADER_WITHIN_MS);
    while (System.nanoTime() < end) {
      for (int i = 0; i < nodes.size(); i++) {
        Optional<String> leader = i == notAsked ? Optional.empty() : said(i);
        if (leader.isPresent() && !leader.get().equals(id(notAsked))) {
          return Integer.parseInt(leader.get().substring("node-".length())) - 1;
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IllegalStateException("no node leads");
  }

  /** What all of them have logged, also before they were started again. */
  Stream<String> logs() {
    return nodes.stream().flatMap(node -> node.lines().stream());
  }

  /** Whether the node is ready, and hears all others. */
  boolean isWhole(int index) {
    return nodes.get(index).isReady()
        && get(nodes.get(index).url().resolve("/v1/cluster"))
            .filter(body -> body.path("nodes").size() == nodes.size())
            .isPresent();
  }

  private Optional<String> said(int index) {
    return get(nodes.get(index).url().resolve("/v1/cluster"))
        .map(body -> body.path("leader").asText(""))
        .filter(leader -> !leader.isEmpty() && !leader.equals("null"));
  }

  /** How often a node saw an append of its own refused, by its metrics. */
  public int fenced(int index) {
    return text(nodes.get(index).url().resolve("/metrics"))
        .lines()
        .filter(line -> line.startsWith("phalanx_leader_fenced_total"))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static Optional<JsonNode> get(URI url) {
    String body = text(url);
    try {
      return body.isEmpty() ? Optional.empty() : Optional.of(JSON.readTree(body));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String text(URI url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
      connection.setConnectTimeout(ASK_TIMEOUT_MS);
      connection.setReadTimeout(ASK_TIMEOUT_MS);
      try {
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    nodes.forEach(ServiceProcess::close);
  }
}
