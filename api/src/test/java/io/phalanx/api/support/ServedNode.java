package io.phalanx.api.support;

import io.phalanx.api.http.HttpSettings;
import io.phalanx.api.node.NodeRunner;
import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.IasForge;
import io.phalanx.attestation.x509.TrustAnchors;
import io.phalanx.cluster.ConfigLoader;
import io.phalanx.cluster.NodeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A whole node on a free loopback port, with its store in a folder, and a client for it. */
public final class ServedNode implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong sequence = new AtomicLong(1);
  private final NodeRunner node;

  private ServedNode(NodeRunner node) {
    this.node = node;
  }

  /** Starts a node with some settings by key. */
  public static ServedNode start(Path folder, Map<String, String> settings) {
    return start(folder, settings, false);
  }

  /** Starts a node that believes a declared tier even when it asks for keys. */
  public static ServedNode startTrusting(Path folder, Map<String, String> settings) {
    return start(folder, settings, true);
  }

  /** Starts such a node at a port where another was. */
  public static ServedNode startAgain(Path folder, int port, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("listen.port", Integer.toString(port));
    return start(folder, all, true);
  }

  /** Starts a node that trusts the authority of the tests and nothing else, at that time. */
  public static ServedNode startAttested(
      Path folder, Map<String, String> settings, InstantSource clock) {
    TrustAnchors anchors = new TrustAnchors(DcapForge.root(), IasForge.authority());
    return new ServedNode(
        NodeRunner.start(
            config(folder, settings),
            new NodeRunner.Surroundings(
                clock,
                new SplittableRandom(1),
                new SplittableRandom(2),
                HttpSettings.DEFAULT,
                false,
                anchors)));
  }

  /** Starts one of several nodes, whose chance is its own. */
  static ServedNode startAmong(Path folder, Map<String, String> settings, long seed) {
    return new ServedNode(
        NodeRunner.start(
            config(folder, settings),
            new NodeRunner.Surroundings(
                InstantSource.system(), new SplittableRandom(seed), HttpSettings.DEFAULT)));
  }

  private static ServedNode start(Path folder, Map<String, String> settings, boolean trusting) {
    NodeRunner.Surroundings usual =
        new NodeRunner.Surroundings(
            InstantSource.system(), new SplittableRandom(1), HttpSettings.DEFAULT);
    return new ServedNode(
        NodeRunner.start(config(folder, settings), trusting ? usual.trustingDeclared() : usual));
  }

  private static NodeConfig config(Path folder, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("data", folder.toString());
    all.putIfAbsent("listen.port", "0");
    return new ConfigLoader(Map.of(), all).load();
  }

  /** An answer. */
  public record Reply(int status, HttpResponse<String> response) {
    /** The body as JSON. */
    public JsonNode json() {
      return JSON.readTree(response.body());
    }

    /** A field of the body as text. */
    public String text(String name) {
      return json().path(name).asString("");
    }

    /** The NAME of a problem. */
    public String problem() {
      return text("type").replace("/problems/", "");
    }

    /** A header; empty when it is not there. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /** The port it listens on. */
  public int port() {
    return node.port();
  }

  /** The node. */
  public NodeRunner node() {
    return node;
  }

  /** Calls it; headers are names and values in turn. */
  public Reply call(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url() + path)).timeout(PATIENCE);
    if (body.isEmpty()) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Reads something. */
  public Reply get(String path, String... headers) {
    return call("GET", path, "", headers);
  }

  /** Posts something. */
  public Reply post(String path, String body, String... headers) {
    return call("POST", path, body, headers);
  }

  /** Reads something until it is as wanted. */
  public JsonNode await(String path, Predicate<JsonNode> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode last = get(path).json();
    while (!wanted.test(last)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(path + " stayed " + last);
      }
      pause();
      last = get(path).json();
    }
    return last;
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Puts something. */
  public Reply put(String path, String body, String... headers) {
    return call("PUT", path, body, headers);
  }

  /** The key of the n-th miner of a test. */
  public static String miner(int n) {
    return String.format("%064x", n);
  }

  /** Registers a miner of an operator, with stake enough, and starts it. */
  public void startMiner(int n, String operator, int tier) {
    Reply registered =
        post(
            "/v1/miners",
            """
            {"minerId": "%s", "operator": "%s", "region": "eu", "stake": "5000000000000000",
             "performance": 1000, "gasPrice": "900",
             "attestation": {"type": "declared", "tier": %d}}"""
                .formatted(miner(n), operator, tier));
    if (registered.status() != 201 || post(path(n) + "/start", "").status() != 200) {
      throw new AssertionError(registered.response().body());
    }
    beat(n);
  }

  /** The n-th miner's path. */
  public static String path(int n) {
    return "/v1/miners/" + miner(n);
  }

  /** A heartbeat of the n-th miner. */
  public JsonNode beat(int n) {
    return post(path(n) + "/heartbeats", "{\"sequence\": " + sequence.incrementAndGet() + "}")
        .json();
  }

  /** Heartbeats until the miner has an order. */
  public JsonNode awaitOrder(int n) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode orders = beat(n).path("assignments");
    while (orders.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no order for miner " + n);
      }
      pause();
      orders = beat(n).path("assignments");
    }
    return orders.get(0);
  }

  /** A request for one replica, with further fields. */
  public static String request(String more) {
    return """
        {"codeHash": "0x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         "tiers": [1, 2, 3], "maxGasPrice": "1000", "budget": "5000000000000"%s}"""
        .formatted(more.isEmpty() ? "" : ", " + more);
  }

  @Override
  public void close() {
    node.close();
  }
}
