package io.phalanx.loadtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phalanx.loadtests.process.ServiceProcess;
import io.phalanx.loadtests.process.TemporaryFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * How long explanations take over HTTP in a large network: of what waits behind others, of what can
 * never be placed, of what could be, and of what runs. Wall time for each, and processor time of
 * the whole service for a call, which says more on a machine that does other things as well.
 *
 * <p>Arguments: {@code --miners 30000 --queue 300 --calls 300 --heap 2g}.
 */
public final class ExplanationBenchmark {
  private static final int AT_ONCE = 128;
  private static final int MOST_REPLICAS = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ServiceProcess service;
  private final Arguments arguments;

  private ExplanationBenchmark(ServiceProcess service, Arguments arguments) {
    this.service = service;
    this.arguments = arguments;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Arguments arguments =
        Arguments.of(args, Set.of("miners", "queue", "calls", "heap", "recording"), Set.of());
    try (TemporaryFolder folder = TemporaryFolder.make("phalanx-explain");
        ServiceProcess service =
            ServiceProcess.start(
                ServiceProcess.Launch.of(folder.path(), List.of(), List.of())
                    .measured(arguments.text("heap", "2g"), arguments.text("recording", "")))) {
      new ExplanationBenchmark(service, arguments).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    relax();
    register(arguments.number("miners", 30_000));
    List<String> running = occupyTierOne();
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < arguments.number("queue", 300); i++) {
      waiting.add(deploy("\"tiers\": [1], \"maxGasPrice\": \"" + (1000 + i) + "\""));
    }
    List<String> never = List.of(deploy("\"tiers\": [2], \"minPerformance\": 900000"));
    String explained = "/v1/deployments/%s/explanation";
    System.out.println("                      p50 ms   p99 ms   processor ms a call");
    measure("waiting", explained, waiting);
    measure("never", explained, never);
    measure("running", explained, running);
    measure("waiting, ?miner=", explained + "?miner=" + miner(3), waiting);
    System.out.println(get(explained.formatted(waiting.get(0))));
  }

  /** Miners and offers stay as they are, though nobody says anything more. */
  private void relax() throws IOException, InterruptedException {
    String policy =
        "{\"miners\": {\"heartbeatWindow\": \"PT24H\"},"
            + " \"assignments\": {\"acknowledgement\": \"PT24H\"}}";
    HttpRequest request =
        request("/v1/policy")
            .header("If-Match", "*")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(policy))
            .build();
    expect(200, http.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(service.url() + path))
        .timeout(Duration.ofSeconds(60))
        .header("Content-Type", "application/json");
  }

  private static String miner(int n) {
    return String.format("%064x", n + 1);
  }

  private void register(int miners) throws InterruptedException {
    Semaphore turns = new Semaphore(AT_ONCE);
    List<CompletableFuture<HttpResponse<String>>> started = new ArrayList<>();
    for (int n = 0; n < miners; n++) {
      turns.acquire();
      int miner = n;
      String body =
          """
          {"minerId": "%s", "operator": "op-%d", "region": "%s", "stake": "5000000000000000",
           "performance": %d, "gasPrice": "%d",
           "attestation": {"type": "declared", "tier": %d}}"""
              .formatted(
                  miner(n),
                  n % 400,
                  n % 3 == 0 ? "eu" : "us",
                  500 + n % 1500,
                  500 + n % 300,
                  n % 5 + 1);
      started.add(
          post("/v1/miners", body)
              .thenCompose(made -> post("/v1/miners/" + miner(miner) + "/start", ""))
              .whenComplete((made, fault) -> turns.release()));
    }
    started.forEach(CompletableFuture::join);
  }

  private CompletableFuture<HttpResponse<String>> post(String path, String body) {
    return http.sendAsync(
        request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Every miner of tier 1 gets something, so that whoever wants one has to wait. */
  private List<String> occupyTierOne() throws IOException, InterruptedException {
    List<String> made = new ArrayList<>();
    int left = get("/v1/network").at("/tiers/0/miners").asInt();
    while (left > 0) {
      int replicas = made.isEmpty() ? 1 : Math.min(left, MOST_REPLICAS);
      made.add(
          deploy(
              "\"tiers\": [1], \"maxPerOperator\": 0, \"maxGasPrice\": \"2000\", \"replicas\": "
                  + replicas));
      left -= replicas;
    }
    while (get("/v1/network").at("/tiers/0/idle").asInt() > 0) {
      Thread.sleep(100);
    }
    return made.subList(0, 1);
  }

  private String deploy(String more) throws IOException, InterruptedException {
    String budget = more.contains("maxGasPrice") ? "" : ", \"maxGasPrice\": \"1000\"";
    String body =
        "{\"codeHash\": \"0x%s\", \"budget\": \"5000000000000\"%s, %s}"
            .formatted("ab".repeat(32), budget, more);
    HttpResponse<String> answer = post("/v1/deployments", body).join();
    expect(201, answer);
    return JSON.readTree(answer.body()).path("id").asText();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    expect(200, answer);
    return JSON.readTree(answer.body());
  }

  private static void expect(int status, HttpResponse<String> answer) {
    if (answer.statusCode() != status) {
      throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
    }
  }

  private void measure(String name, String path, List<String> ids)
      throws IOException, InterruptedException {
    int calls = arguments.number("calls", 300);
    for (int i = 0; i < calls; i++) { // the compiler sees it first
      get(path.formatted(ids.get(i % ids.size())));
    }
    double[] millis = new double[calls];
    Duration before = service.cpu();
    for (int i = 0; i < calls; i++) {
      long started = System.nanoTime();
      get(path.formatted(ids.get(i % ids.size())));
      millis[i] = (System.nanoTime() - started) / 1e6;
    }
    double cpu = service.cpu().minus(before).toNanos() / 1e6 / calls;
    Arrays.sort(millis);
    System.out.printf(
        "%-20s %8.1f %8.1f %14.1f%n",
        name, millis[calls / 2], millis[Math.min(calls - 1, calls * 99 / 100)], cpu);
  }
}
