package io.phalanx.loadtests.border;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.phalanx.loadtests.process.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real service with keys: one developer sends all it can, others beside it a little. */
public final class FloodRun {
  private static final Pattern ADMIN_KEY = Pattern.compile("shown this once: (\\S+)");

  /** Far less than a flood brings on the slowest machine, and far more than the honest send. */
  private static final String CONFIG = "http:\n  rate: 300\n";

  private static final int HONEST = 4;
  private static final int IN_FLIGHT = 128;
  private static final int TAIL = 100;
  private static final long PATIENCE_S = 30;

  private FloodRun() {}

  /**
   * What came of it.
   *
   * @param took how long the flood went on
   * @param flood its answers by status, 0 for none
   * @param honest answers to the honest by status, 0 for none
   * @param servedPermille of the honest's requests
   * @param slowest answer to an honest one
   */
  public record Report(
      Duration took,
      SortedMap<Integer, Long> flood,
      SortedMap<Integer, Long> honest,
      long servedPermille,
      Duration slowest) {
    /** How many of the flood got that answer. */
    public long flooded(int status) {
      return flood.getOrDefault(status, 0L);
    }

    /** The report for people. */
    public String text() {
      return String.format(
          Locale.ROOT,
          "a flood of %d s, by status %s; honest beside it %s: %d of 1,000 served, slowest %d ms",
          took.toSeconds(),
          flood,
          honest,
          servedPermille,
          slowest.toMillis());
    }
  }

  /** Floods for so long, on an empty folder. */
  public static Report run(Path data, Duration time) throws IOException, InterruptedException {
    Path config = Files.writeString(data.resolve("node.yaml"), CONFIG);
    List<String> arguments = List.of("--auth", "keys", "--config", config.toString());
    try (ServiceProcess service =
        ServiceProcess.start(ServiceProcess.Launch.of(data, List.of("-Xmx1g"), arguments))) {
      Caller admin = new Caller(service.url(), adminKey(service));
      String loud = key(admin, "loud");
      SortedMap<String, String> keys = new TreeMap<>();
      for (int i = 0; i < HONEST; i++) {
        keys.put("honest-" + i, key(admin, "honest-" + i));
      }
      try (HonestClients honest = HonestClients.start(service.url(), keys)) {
        SortedMap<Integer, Long> flood = flood(service.url(), loud, time);
        return new Report(
            time, flood, honest.statuses(), honest.servedPermille(), honest.slowest());
      }
    }
  }

  private static String adminKey(ServiceProcess service) throws IOException {
    Matcher matcher = ADMIN_KEY.matcher(service.tail(TAIL));
    if (!matcher.find()) {
      throw new IOException("the service said no admin key");
    }
    return matcher.group(1);
  }

  private static String key(Caller admin, String name) throws IOException, InterruptedException {
    String body = "{\"role\": \"developer\", \"name\": \"" + name + "\"}";
    return new ObjectMapper().readTree(admin.post("/v1/keys", body)).path("key").asText();
  }

  private static SortedMap<Integer, Long> flood(URI service, String key, Duration time)
      throws InterruptedException, IOException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve("/v1/deployments?limit=1"))
            .header("Authorization", "Bearer " + key)
            .build();
    ConcurrentSkipListMap<Integer, Long> statuses = new ConcurrentSkipListMap<>();
    Semaphore free = new Semaphore(IN_FLIGHT);
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      free.acquire();
      var unused =
          client
              .sendAsync(request, HttpResponse.BodyHandlers.discarding())
              .whenComplete(
                  (answer, fault) -> {
                    statuses.merge(answer == null ? 0 : answer.statusCode(), 1L, Long::sum);
                    free.release();
                  });
    }
    if (!free.tryAcquire(IN_FLIGHT, PATIENCE_S, TimeUnit.SECONDS)) {
      throw new IOException("some of the flood were never answered");
    }
    return Collections.unmodifiableSortedMap(new TreeMap<>(statuses));
  }
}
