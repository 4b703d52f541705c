package io.phalanx.loadtests.scale;

import io.phalanx.loadtests.process.ThreadTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/**
 * What happens one after the other where writes are decided, by the leader's own figures.
 *
 * @param rows appended
 * @param events in them
 * @param bytes of them
 * @param appendSeconds in which an append was under way
 * @param foldSeconds in which they were folded into the replica
 * @param threads what the leader's threads used
 */
record Writing(
    double rows,
    double events,
    double bytes,
    double appendSeconds,
    double foldSeconds,
    ThreadTimes threads) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Writing NONE = new Writing(0, 0, 0, 0, 0, new ThreadTimes(Map.of()));

  static Writing none() {
    return NONE;
  }

  /** What was counted until now. */
  static Writing of(ScaleCluster cluster) throws InterruptedException {
    String metrics = metrics(cluster.node(cluster.leader()).url());
    return new Writing(
        value(metrics, "phalanx_journal_append_seconds_count"),
        value(metrics, "phalanx_journal_events_total"),
        value(metrics, "phalanx_journal_bytes_total"),
        value(metrics, "phalanx_journal_append_seconds_sum"),
        value(metrics, "phalanx_replica_fold_seconds_sum"),
        cluster.leaderThreads());
  }

  /** What was counted since then. */
  Writing minus(Writing before) {
    return new Writing(
        rows - before.rows,
        events - before.events,
        bytes - before.bytes,
        appendSeconds - before.appendSeconds,
        foldSeconds - before.foldSeconds,
        threads.minus(before.threads));
  }

  /** Both together. */
  Writing plus(Writing other) {
    return new Writing(
        rows + other.rows,
        events + other.events,
        bytes + other.bytes,
        appendSeconds + other.appendSeconds,
        foldSeconds + other.foldSeconds,
        threads.plus(other.threads));
  }

  double eventsPerRow() {
    return events / Math.max(1, rows);
  }

  double bytesPerEvent() {
    return bytes / Math.max(1, events);
  }

  double appendMs() {
    return appendSeconds * 1e3 / Math.max(1, rows);
  }

  /** What a thread of that name used for an event, in microseconds of processor time. */
  double threadMicros(String name) {
    return threads.ticks().getOrDefault(name, 0L) * 10_000.0 / Math.max(1, events);
  }

  private static double value(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static String metrics(URI node) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(node.resolve("/metrics")).build();
      return CLIENT.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException("the node's metrics cannot be read", e);
    }
  }
}
