package io.phalanx.loadtests.scale;

import io.phalanx.api.auth.Ed25519Verifier;
import io.phalanx.loadtests.process.ServiceProcess;
import io.phalanx.simulator.load.LoadListener;
import io.phalanx.simulator.load.LoadPlan;
import io.phalanx.simulator.load.LoadResult;
import io.phalanx.simulator.load.LoadTarget;
import io.phalanx.simulator.load.OpenLoopLoad;
import io.phalanx.simulator.shape.MinerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What a node with {@code auth: keys} uses for the same read by a caller that shows its key and by
 * one that signs, in windows that take turns. A signed read has no nonce, so one signature serves a
 * window, and is verified anew each time.
 */
final class SignatureRun {
  private static final String PATH = "/v1/network";
  private static final String ADMIN = "The admin key, shown this once: ";
  private static final int OUTPUT_LINES = 50;
  private static final int VERIFICATIONS = 20_000;

  private final ScalePlan plan;
  private final ServiceProcess node;
  private final MinerKey signer = MinerKey.of("scale");

  private SignatureRun(ScalePlan plan, ServiceProcess node) {
    this.plan = plan;
    this.node = node;
  }

  /** Measures on a node of its own, on an empty folder. */
  static SignatureFigures run(Path folder, ScalePlan plan) throws InterruptedException {
    try {
      Files.createDirectories(folder);
      Path config =
          Files.writeString(
              folder.resolve("node.yaml"),
              "auth: keys\nhttp:\n  rate: 1000000\n  byte-rate: 1000000000\n");
      ServiceProcess.Launch launch =
          ServiceProcess.Launch.of(folder, List.of(), List.of("--config", config.toString()));
      try (ServiceProcess node = ServiceProcess.start(launch.measured(plan.heap(), ""))) {
        return new SignatureRun(plan, node).run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SignatureFigures run() throws InterruptedException, IOException {
    String admin = adminKey();
    String key = issue(admin, "{\"role\":\"developer\",\"name\":\"keyed\"}");
    issue(
        admin,
        "{\"role\":\"developer\",\"name\":\"signed\",\"publicKey\":\"" + signer.minerId() + "\"}");
    Tally keyed = new Tally(1);
    Tally signed = new Tally(1);
    load(Map.of("Authorization", "Bearer " + key), plan.warmUp());
    load(signature(), plan.warmUp());
    for (int i = 0; i < plan.windows(); i++) {
      measure(keyed, Map.of("Authorization", "Bearer " + key));
      measure(signed, signature());
    }
    Usage none = new Usage(List.of(Duration.ZERO), Duration.ZERO);
    Cost ofKey = keyed.cost(none, 0, List.of(0));
    Cost ofSignature = signed.cost(none, 0, List.of(0));
    if (!keyed.failed().isEmpty() || !signed.failed().isEmpty()) {
      throw new IllegalStateException("refused: " + keyed.failed() + " " + signed.failed());
    }
    return new SignatureFigures(
        ofKey.leader(),
        ofSignature.leader(),
        verification(),
        ofKey.perSecond(),
        ofSignature.perSecond());
  }

  private void measure(Tally tally, Map<String, String> headers) throws InterruptedException {
    Duration before = node.cpu();
    long started = System.nanoTime();
    LoadResult result = load(headers, plan.window());
    Usage used = new Usage(List.of(node.cpu().minus(before)), Duration.ZERO);
    tally.add(List.of(result), used, Duration.ofNanos(System.nanoTime() - started));
  }

  private LoadResult load(Map<String, String> headers, Duration length)
      throws InterruptedException {
    LoadTarget target = new LoadTarget(node.url(), "GET", PATH, headers, "", number -> new byte[0]);
    LoadPlan closed = LoadPlan.closed(plan.connections(), length, Duration.ZERO);
    return OpenLoopLoad.run(target, closed, LoadListener.NONE);
  }

  private Map<String, String> signature() {
    URI url = node.url().resolve(PATH);
    String parameters =
        "(\"@method\" \"@target-uri\");created=%d;keyid=\"%s\""
            .formatted(System.currentTimeMillis() / 1_000, signer.minerId());
    String base =
        "\"@method\": GET\n\"@target-uri\": " + url + "\n\"@signature-params\": " + parameters;
    String signature =
        Base64.getEncoder().encodeToString(signer.sign(base.getBytes(StandardCharsets.UTF_8)));
    return Map.of("Signature-Input", "sig=" + parameters, "Signature", "sig=:" + signature + ":");
  }

  /** One thread that does nothing else, after as much again to warm up. */
  private double verification() {
    byte[] message = new byte[300];
    byte[] signature = signer.sign(message);
    Ed25519Verifier verifier = new Ed25519Verifier();
    long used = 0;
    for (int round = 0; round < 2; round++) {
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (int i = 0; i < VERIFICATIONS; i++) {
        if (!verifier.verifies(signer.minerId(), message, signature)) {
          throw new IllegalStateException("a good signature was refused");
        }
      }
      used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }
    return used / 1e3 / VERIFICATIONS;
  }

  private String adminKey() {
    return node.tail(OUTPUT_LINES)
        .lines()
        .filter(line -> line.startsWith(ADMIN))
        .map(line -> line.substring(ADMIN.length()).strip())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no admin key was shown"));
  }

  private String issue(String admin, String body) throws InterruptedException, IOException {
    HttpRequest request =
        HttpRequest.newBuilder(node.url().resolve("/v1/keys"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + admin)
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException("no key: " + answer.body());
    }
    return answer.body().replaceAll("(?s).*\"key\"\\s*:\\s*\"([^\"]*)\".*", "$1");
  }
}
