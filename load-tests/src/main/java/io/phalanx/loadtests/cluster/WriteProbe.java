package io.phalanx.loadtests.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One write after the other to one node, to see when the service takes none: deposits of one unit,
 * each under a reference of its own.
 */
final class WriteProbe implements AutoCloseable {
  private static final long PAUSE_MS = 10;
  private static final int TIMEOUT_MS = 15_000;

  private final List<Taken> taken = Collections.synchronizedList(new ArrayList<>());
  private final URI url;
  private final String name;
  private final Thread thread;
  private volatile boolean closing;

  private record Taken(long atNanos, String reference) {}

  private WriteProbe(URI node, String name) {
    this.url = node.resolve("/v1/accounts/" + name + "/deposits");
    this.name = name;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  /** Begins to write. */
  static WriteProbe start(URI node, String name) {
    WriteProbe probe = new WriteProbe(node, name);
    probe.thread.start();
    return probe;
  }

  /** Whose account is deposited to. */
  String account() {
    return name;
  }

  /** References of the deposits that were answered with success. */
  List<String> acknowledged() {
    synchronized (taken) {
      return taken.stream().map(Taken::reference).toList();
    }
  }

  /** When a write was answered with success, on the monotonic clock. */
  private List<Long> takenNanos() {
    synchronized (taken) {
      return taken.stream().map(Taken::atNanos).toList();
    }
  }

  /** Whether it had a write taken since then. */
  boolean tookSince(long sinceNanos) {
    synchronized (taken) {
      return !taken.isEmpty() && taken.get(taken.size() - 1).atNanos() - sinceNanos >= 0;
    }
  }

  /** The longest time from then until now in which none of these probes had a write taken. */
  static Duration longestGap(List<WriteProbe> probes, long sinceNanos) {
    List<Long> all = new ArrayList<>(List.of(sinceNanos));
    probes.forEach(probe -> all.addAll(probe.takenNanos()));
    all.add(System.nanoTime());
    all.removeIf(at -> at - sinceNanos < 0);
    Collections.sort(all);
    long longest = 0;
    for (int i = 1; i < all.size(); i++) {
      longest = Math.max(longest, all.get(i) - all.get(i - 1));
    }
    return Duration.ofNanos(longest);
  }

  private void run() {
    for (long number = 1; !closing; number++) {
      boolean done = false;
      while (!done && !closing) {
        done = write(number);
        pause();
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  private boolean write(long number) {
    String reference = name + "-" + number;
    String body = "{\"amount\":\"1\",\"reference\":\"%s\"}".formatted(reference);
    try {
      HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body.getBytes(StandardCharsets.UTF_8));
      }
      if (connection.getResponseCode() != 201) {
        return false;
      }
      connection.getInputStream().readAllBytes();
      taken.add(new Taken(System.nanoTime(), reference));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
  }
}
