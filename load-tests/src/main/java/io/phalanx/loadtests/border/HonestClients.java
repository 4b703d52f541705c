package io.phalanx.loadtests.border;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A few clients that ask for little, again and again, and count how they are answered. */
final class HonestClients implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int TOGETHER = 4;
  private static final long PAUSE_MS = 10;
  private static final int ALL_PERMILLE = 1_000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Thread> threads = new ArrayList<>();
  private final SortedMap<Integer, Long> statuses = new TreeMap<>();
  private final URI service;
  private volatile boolean closing;
  private long slowestNanos;

  private HonestClients(URI service) {
    this.service = service;
  }

  /**
   * Begins.
   *
   * @param keys of developers, by name; one without a key calls in open mode
   */
  static HonestClients start(URI service, SortedMap<String, String> keys) {
    HonestClients clients = new HonestClients(service);
    keys.forEach((name, key) -> clients.add(name, key));
    clients.threads.forEach(Thread::start);
    return clients;
  }

  /** So many of them in open mode. */
  static HonestClients start(URI service) {
    SortedMap<String, String> names = new TreeMap<>();
    for (int i = 0; i < TOGETHER; i++) {
      names.put("honest-" + i, "");
    }
    return start(service, names);
  }

  private void add(String name, String key) {
    Thread thread = new Thread(() -> run(name, key), name);
    thread.setDaemon(true);
    threads.add(thread);
  }

  private void run(String name, String key) {
    try {
      for (long number = 1; !closing; number++) {
        send(number % 2 == 0 ? read(name, key) : write(name, key, number));
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest read(String name, String key) {
    return request("/v1/deployments?limit=5", name, key).build();
  }

  /** Checked and decided like any other, and kept nowhere. */
  private HttpRequest write(String name, String key, long number) {
    String body =
        "{\"name\":\"%s-%d\",\"codeHash\":\"0x%s\",\"tiers\":[1,2,3,4,5],\"maxGasPrice\":\"1000\",\"budget\":\"1000000\"}"
            .formatted(name, number, "ab".repeat(32));
    return request("/v1/deployments?dryRun=true", name, key)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder request(String path, String name, String key) {
    HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path)).timeout(PATIENCE);
    return key.isEmpty()
        ? request.header("X-Developer", name)
        : request.header("Authorization", "Bearer " + key);
  }

  private void send(HttpRequest request) throws InterruptedException {
    long began = System.nanoTime();
    int status = 0;
    try {
      status = client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    } catch (IOException e) {
      status = 0; // no answer
    }
    note(status, System.nanoTime() - began);
  }

  private synchronized void note(int status, long nanos) {
    if (!closing) {
      statuses.merge(status, 1L, Long::sum);
      slowestNanos = Math.max(slowestNanos, nanos);
    }
  }

  /** Answers by status, 0 for none. */
  synchronized SortedMap<Integer, Long> statuses() {
    return new TreeMap<>(statuses);
  }

  /** The longest that an answer took. */
  synchronized Duration slowest() {
    return Duration.ofNanos(slowestNanos);
  }

  synchronized long asked() {
    return statuses.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many of 1,000 requests were answered with what was asked for, rounded down. */
  synchronized long servedPermille() {
    long served =
        statuses.entrySet().stream()
            .filter(entry -> entry.getKey() / 100 == 2)
            .mapToLong(java.util.Map.Entry::getValue)
            .sum();
    return asked() == 0 ? 0 : served * ALL_PERMILLE / asked();
  }

  @Override
  public void close() {
    closing = true;
    threads.forEach(Thread::interrupt);
  }
}
