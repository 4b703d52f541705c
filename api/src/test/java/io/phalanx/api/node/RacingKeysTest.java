package io.phalanx.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.api.support.ServedNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Clients that all ask for the same under the same idempotency keys, with a restart in between. */
class RacingKeysTest {
  private static final int KEYS = Integer.getInteger("phalanx.racing-keys", 1_000);
  private static final int CLIENTS = 8;
  private static final int DEVELOPERS = 50;
  private static final int PAGE = 500;
  private static final int TRIES = 3_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Integer, Set<String>> ids = new ConcurrentHashMap<>();
  private final AtomicIntegerArray first = new AtomicIntegerArray(KEYS);
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();
  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    clients.shutdownNow();
  }

  @Test
  void getOneThingForEachKey() throws InterruptedException {
    ServedNode node = ServedNode.start(folder, Map.of());
    int port = node.port();
    List<CompletableFuture<Void>> racing = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      racing.add(CompletableFuture.runAsync(() -> race(port), clients));
    }
    while (answered.get() < KEYS * CLIENTS / 2) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    node.close();
    node = ServedNode.startAgain(folder, port, Map.of());
    racing.forEach(CompletableFuture::join);

    System.out.printf(
        "%d keys, %d clients each; %d requests repeated over the restart%n",
        KEYS, CLIENTS, repeated.get());
    assertThat(repeated.get()).as("requests that met the restart").isPositive();
    assertThat(ids).hasSize(KEYS).allSatisfy((key, each) -> assertThat(each).hasSize(1));
    for (int key = 0; key < KEYS; key++) {
      assertThat(first.get(key)).as("answers that were no repetition").isLessThanOrEqualTo(1);
    }
    assertThat(deployments(node)).isEqualTo(KEYS);
    node.close();
  }

  private static int deployments(ServedNode node) {
    int count = 0;
    String next = "";
    do {
      String path = "/v1/deployments?limit=" + PAGE + (next.isEmpty() ? "" : "&after=" + next);
      JsonNode page = node.get(path).json();
      count += page.path("items").size();
      next = page.path("next").asString("");
    } while (!next.isEmpty());
    return count;
  }

  private void race(int port) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    URI url = URI.create("http://127.0.0.1:" + port + "/v1/deployments");
    try {
      for (int key = 0; key < KEYS; key++) {
        ask(client, url, key);
        answered.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(HttpClient client, URI url, int key) throws InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(url)
              .timeout(Duration.ofSeconds(20))
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", "key-" + key)
              .header("X-Developer", "dev-" + key % DEVELOPERS)
              .POST(HttpRequest.BodyPublishers.ofString(ServedNode.request("")))
              .build();
      try {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 201) {
          note(key, answer);
          return;
        }
        assertThat(answer.statusCode()).as(answer.body()).isIn(503, 504);
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(10); // it is being restarted
      }
      repeated.incrementAndGet();
    }
    throw new AssertionError("key " + key + " was never answered");
  }

  private void note(int key, HttpResponse<String> answer) {
    String id = JSON.readTree(answer.body()).path("id").asString();
    ids.computeIfAbsent(key, any -> ConcurrentHashMap.newKeySet()).add(id);
    if (answer.headers().firstValue("Idempotent-Replayed").isEmpty()) {
      first.incrementAndGet(key);
    }
  }
}
