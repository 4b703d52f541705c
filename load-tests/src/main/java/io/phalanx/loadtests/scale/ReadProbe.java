package io.phalanx.loadtests.scale;

import io.phalanx.loadtests.accept.RequestBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/**
 * What was just written at the leader is read at another node at once: with the position of the
 * write, which that node then waits for, and without, when it may not know of it yet.
 */
final class ReadProbe {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int WARM_UP = 20;

  private ReadProbe() {}

  /**
   * What came of it; all 0 for a node that is alone.
   *
   * @param p50Ms of the reads that waited
   * @param p99Ms of the same
   * @param missed reads that did not wait and did not find it
   * @param reads of each kind
   */
  record Lateness(double p50Ms, double p99Ms, int missed, int reads) {}

  /**
   * So many times with a position and so many without, in turn.
   *
   * @param from number of the first body that was not sent yet
   */
  static Lateness run(ScaleCluster cluster, int probes, long from) throws InterruptedException {
    if (cluster.size() == 1) {
      return new Lateness(0, 0, 0, 0);
    }
    URI leader = cluster.node(cluster.leader()).url();
    URI other = cluster.node((cluster.leader() + 1) % cluster.size()).url();
    List<Double> waits = new ArrayList<>();
    int missed = 0;
    int each = Math.max(WARM_UP, probes / 2);
    for (int i = 0; i < 2 * each; i++) {
      Written written = Written.to(leader, RequestBody.of(from + i));
      long asked = System.nanoTime();
      boolean isAwaited = i % 2 == 0;
      boolean isFound = read(other.resolve(written.path()), isAwaited ? written.position() : 0);
      double ms = (System.nanoTime() - asked) / 1e6;
      if (isAwaited && !isFound) {
        throw new IllegalStateException("a read from its position on did not find a write");
      }
      if (isAwaited && i >= WARM_UP) {
        waits.add(ms);
      }
      missed += isFound ? 0 : 1;
    }
    List<Double> sorted = waits.stream().sorted().toList();
    return new Lateness(
        sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 99 / 100), missed, each);
  }

  private static boolean read(URI deployment, long position) throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(deployment).header("X-Developer", "load");
    if (position > 0) {
      request.header("Min-Journal-Position", Long.toString(position));
    }
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      throw new UncheckedIOException("a read broke", e);
    }
  }
}
