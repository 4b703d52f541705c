package io.phalanx.loadtests.placement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the newest rounds of a service were like.
 *
 * @param rounds how many were looked at
 * @param perSecond how many there were in a second
 * @param medianMs how long the middle one was planned
 * @param p99Ms how long one in a hundred was planned at least
 * @param medianReplicas how many replicas waited for the middle one
 */
public record RoundFigures(
    int rounds, double perSecond, double medianMs, double p99Ms, long medianReplicas) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NEWEST = 100;

  /** Asks the service for its newest rounds. */
  public static RoundFigures of(URI service) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) service.resolve("/v1/rounds?limit=" + NEWEST).toURL().openConnection();
    try (InputStream in = connection.getInputStream()) {
      return of(JSON.readTree(in).path("items"));
    }
  }

  private static RoundFigures of(JsonNode items) {
    List<Double> millis = new ArrayList<>();
    List<Long> replicas = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    for (JsonNode item : items) {
      millis.add(item.path("micros").asLong() / 1e3);
      replicas.add(item.path("replicas").asLong());
      times.add(
          Instant.parse(item.path("time").asText(item.path("committedAt").asText()))
              .toEpochMilli());
    }
    if (millis.isEmpty()) {
      return new RoundFigures(0, 0, 0, 0, 0);
    }
    millis.sort(null);
    replicas.sort(null);
    times.sort(null);
    long spanMs = Math.max(1, times.get(times.size() - 1) - times.get(0));
    return new RoundFigures(
        millis.size(),
        (times.size() - 1) * 1e3 / spanMs,
        millis.get(millis.size() / 2),
        millis.get(millis.size() * 99 / 100),
        replicas.get(replicas.size() / 2));
  }

  /** For people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "newest %d rounds: %.1f a second, planned in %.1f ms (p99 %.1f), %d replicas waiting",
        rounds,
        perSecond,
        medianMs,
        p99Ms,
        medianReplicas);
  }
}
