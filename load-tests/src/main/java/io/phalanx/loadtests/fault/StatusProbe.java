package io.phalanx.loadtests.fault;

import java.io.IOException;
import java.math.BigInteger;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One deposit of one unit after the other, each under a reference of its own and repeated until it
 * is taken, and after each a read. What is answered meanwhile is counted and looked at.
 */
final class StatusProbe implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MS = 20;
  private static final int TAKEN = 201;
  private static final int NAMED = 20;
  private static final Pattern AVAILABLE = Pattern.compile("\"available\" *: *\"(\\d+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final SortedMap<Integer, Long> writes = new TreeMap<>();
  private final SortedMap<Integer, Long> reads = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final String account;
  private final Thread thread;
  private final URI url;
  private volatile boolean closing;
  private BigInteger before = BigInteger.ZERO;
  private long taken;

  private StatusProbe(URI service, String name) {
    this.url = service;
    this.account = "/v1/accounts/" + name;
    this.thread = new Thread(this::run, "status-probe");
    this.thread.setDaemon(true);
  }

  /** Opens an account with a first deposit, and begins. */
  static StatusProbe start(URI service, String name) throws InterruptedException {
    StatusProbe probe = new StatusProbe(service, name);
    if (probe.write(0) != TAKEN) {
      throw new IllegalStateException("no account could be opened: " + probe.faults());
    }
    probe.before = probe.available();
    probe.thread.start();
    return probe;
  }

  /** How many writes got that answer so far. */
  synchronized long count(int status) {
    return writes.getOrDefault(status, 0L);
  }

  /** How many writes were refused so far. */
  synchronized long refused() {
    return writes.entrySet().stream()
        .filter(entry -> entry.getKey() != TAKEN)
        .mapToLong(java.util.Map.Entry::getValue)
        .sum();
  }

  synchronized SortedMap<Integer, Long> writes() {
    return new TreeMap<>(writes);
  }

  synchronized SortedMap<Integer, Long> reads() {
    return new TreeMap<>(reads);
  }

  /** Answers that were not as they must be. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  /**
   * Ends once the deposit under way is taken, and says by how much the account is off what was
   * acknowledged: 0, unless something was lost or doubled.
   */
  BigInteger finish() throws InterruptedException {
    closing = true;
    thread.join(PATIENCE.toMillis());
    return available().subtract(before).subtract(BigInteger.valueOf(taken));
  }

  private BigInteger available() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(url.resolve(account)).timeout(PATIENCE).build();
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Matcher matcher = AVAILABLE.matcher(body);
      if (!matcher.find()) {
        throw new IOException("no account: " + body);
      }
      return new BigInteger(matcher.group(1));
    } catch (IOException e) {
      throw new IllegalStateException("the account cannot be read", e);
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
  }

  private void run() {
    try {
      for (long number = 1; !closing; number++) {
        while (write(number) != TAKEN) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
        taken = number;
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int write(long number) throws InterruptedException {
    String body = "{\"amount\":\"1\",\"reference\":\"probe-%d\"}".formatted(number);
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(account + "/deposits"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    int status = send(request, writes);
    send(HttpRequest.newBuilder(url.resolve("/v1/network")).timeout(PATIENCE).build(), reads);
    return status;
  }

  private int send(HttpRequest request, SortedMap<Integer, Long> counts)
      throws InterruptedException {
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      note(request, answer, counts);
      return answer.statusCode();
    } catch (IOException e) {
      fault(request.method() + " " + request.uri() + ": no answer: " + e);
      return 0;
    }
  }

  private synchronized void note(
      HttpRequest request, HttpResponse<String> answer, SortedMap<Integer, Long> counts) {
    counts.merge(answer.statusCode(), 1L, Long::sum);
    String type = answer.headers().firstValue("content-type").orElse("");
    boolean isProblem =
        type.equals("application/problem+json") && answer.body().contains("\"/problems/");
    if (answer.statusCode() >= 400 && !isProblem) {
      fault(request.method() + " " + request.uri() + ": " + answer.statusCode() + " " + type);
    }
  }

  private synchronized void fault(String what) {
    if (faults.size() < NAMED) {
      faults.add(what);
    }
  }
}
