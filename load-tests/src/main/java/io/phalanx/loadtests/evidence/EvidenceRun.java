package io.phalanx.loadtests.evidence;

import com.sun.management.OperatingSystemMXBean;
import io.phalanx.api.http.HttpSettings;
import io.phalanx.api.node.NodeRunner;
import io.phalanx.attestation.authority.DcapForge;
import io.phalanx.attestation.authority.IasForge;
import io.phalanx.attestation.x509.TrustAnchors;
import io.phalanx.cluster.ConfigLoader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * Registrations a second with a declared tier and with quotes, in windows that alternate, then how
 * long it takes to judge all of them again. The node is of this process, since only there it can
 * trust an authority other than Intel.
 */
public final class EvidenceRun implements AutoCloseable {
  private static final long NANOS = 1_000_000_000;

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final HttpClient client = HttpClient.newHttpClient();
  private final Bodies bodies = new Bodies();
  private final NodeRunner node;
  private final int connections;
  private int registered;

  private EvidenceRun(NodeRunner node, int connections) {
    this.node = node;
    this.connections = connections;
  }

  /** On a node whose store is in that folder. */
  public static EvidenceRun start(Path folder, int connections) {
    Duration shift = Duration.between(Instant.now(), DcapForge.NOW);
    InstantSource clock = () -> Instant.now().plus(shift);
    NodeRunner.Surroundings surroundings =
        new NodeRunner.Surroundings(
            clock,
            new SplittableRandom(1),
            new SplittableRandom(2),
            HttpSettings.DEFAULT,
            false,
            new TrustAnchors(DcapForge.root(), IasForge.authority()));
    Map<String, String> settings = Map.of("data", folder.toString(), "listen.port", "0");
    NodeRunner node = NodeRunner.start(new ConfigLoader(Map.of(), settings).load(), surroundings);
    return new EvidenceRun(node, connections);
  }

  private record Window(double perSecond, double cpuMicros) {}

  /** A window of each kind, as a line. */
  public String windows(int size) {
    Window declared = window(declared(size));
    Window proven = window(proven(size));
    return String.format(
        Locale.ROOT,
        "%d registrations: declared %.0f/s, %.0f us of processor each; with a quote %.0f/s, %.0f us"
            + " (%.2f times)",
        size,
        declared.perSecond(),
        declared.cpuMicros(),
        proven.perSecond(),
        proven.cpuMicros(),
        proven.cpuMicros() / declared.cpuMicros());
  }

  private List<String> declared(int size) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(bodies.declared(++registered));
    }
    return all;
  }

  /** Made before the window begins: a machine makes its quote itself. */
  private List<String> proven(int size) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String answer = send("GET", "/v1/attestation-nonce", "").join().body();
      String nonce = answer.replaceFirst(".*\"nonce\":\"([0-9a-f]{64})\".*", "$1");
      all.add(bodies.proven(++registered, nonce));
    }
    return all;
  }

  private Window window(List<String> requests) {
    long cpu = system.getProcessCpuTime();
    long started = System.nanoTime();
    Queue<CompletableFuture<HttpResponse<String>>> open = new ArrayDeque<>();
    for (String body : requests) {
      open.add(send("POST", "/v1/miners", body));
      if (open.size() >= connections) {
        expect(201, open.remove());
      }
    }
    open.forEach(each -> expect(201, each));
    double seconds = (double) (System.nanoTime() - started) / NANOS;
    double cpuMicros = (system.getProcessCpuTime() - cpu) / 1e3 / requests.size();
    return new Window(requests.size() / seconds, cpuMicros);
  }

  /** Publishes collateral by which every quote falls, and waits until each has. */
  public String reviews(int perSecond) throws InterruptedException {
    String figures = "{\"attestation\": {\"reviewsPerSecond\": " + perSecond + "}}";
    expect(200, send("PATCH", "/v1/policy", figures, "If-Match", "*"));
    long cpu = system.getProcessCpuTime();
    long started = System.nanoTime();
    expect(200, send("PUT", "/v1/collateral/00A067110000", Bodies.outOfDate()));
    long fallen = fallen();
    long before = -1;
    while (fallen > before || fallen == 0) {
      before = fallen;
      Thread.sleep(200);
      fallen = fallen();
    }
    double seconds = (double) (System.nanoTime() - started) / NANOS - 0.2;
    return String.format(
        Locale.ROOT,
        "%d machines judged again in %.1f s, %.0f us of processor each (at most %d/s)",
        fallen,
        seconds,
        (system.getProcessCpuTime() - cpu) / 1e3 / fallen,
        perSecond);
  }

  private long fallen() {
    return node.engine()
        .replica()
        .read(state -> state.miners().all().stream().filter(m -> m.evidence().tier() == 5).count());
  }

  private static void expect(int status, CompletableFuture<HttpResponse<String>> sent) {
    HttpResponse<String> response = sent.join();
    if (response.statusCode() != status) {
      throw new IllegalStateException(response.statusCode() + " " + response.body());
    }
  }

  private CompletableFuture<HttpResponse<String>> send(
      String method, String path, String body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.url() + path));
    if (body.isEmpty()) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    node.close();
  }
}
