package io.phalanx.loadtests.border;

import io.phalanx.loadtests.process.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real service, with slow clients of every kind and honest ones beside them. */
public final class SlowClientsRun {
  private static final int MINERS = 300;
  private static final int DEPLOYMENTS = 600;
  private static final String DEPLOYMENT =
      """
      {"codeHash": "0x%s", "tiers": [5], "maxGasPrice": "1", "budget": "1000000"}"""
          .formatted("ab".repeat(32));
  private static final int SEEN_PERCENT = 90;
  private static final long LOOK_EVERY_MS = 20;
  private static final long PATIENCE_MS = 90_000;

  /** Connections of the honest and of the look for readiness, and files that come and go. */
  private static final int OTHERS = 40;

  private SlowClientsRun() {}

  /**
   * What came of it.
   *
   * @param slow connections that were opened by slow clients
   * @param most of them that the service held at the same time
   * @param closedAfter from the opening of the last to the end of nearly all of them
   * @param left descriptors that the service still had then, beyond those before
   * @param honest answers to the honest by status, 0 for none
   * @param servedPermille of the honest's requests
   * @param slowest answer to an honest one
   */
  public record Report(
      int slow,
      int most,
      Duration closedAfter,
      int left,
      SortedMap<Integer, Long> honest,
      long servedPermille,
      Duration slowest) {
    /** The report for people. */
    public String text() {
      return String.format(
          Locale.ROOT,
          "%d slow connections of %d kinds, %d at the same time; all closed %d ms after the last was"
              + " opened, %d left; honest beside them by status %s: %d of 1,000 served, slowest %d ms",
          slow,
          SlowKind.values().length,
          most,
          closedAfter.toMillis(),
          left,
          honest,
          servedPermille,
          slowest.toMillis());
    }
  }

  /** Runs it on an empty folder, with so many slow clients of each kind. */
  public static Report run(Path data, int each) throws IOException, InterruptedException {
    try (ServiceProcess service =
        ServiceProcess.start(ServiceProcess.Launch.of(data, List.of("-Xmx1g"), List.of()))) {
      fill(service.url());
      int before = descriptors(service.pid());
      try (HonestClients honest = HonestClients.start(service.url());
          SlowCrowd crowd = SlowCrowd.open(service.url(), each)) {
        long opened = System.nanoTime();
        int most = descriptors(service.pid()) - before;
        int now = most;
        while (now > OTHERS && passedMs(opened) < PATIENCE_MS) {
          TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
          now = descriptors(service.pid()) - before;
          most = Math.max(most, now);
        }
        Duration closedAfter = Duration.ofMillis(passedMs(opened));
        return new Report(
            crowd.size(),
            most,
            closedAfter,
            Math.max(0, now),
            honest.statuses(),
            honest.servedPermille(),
            honest.slowest());
      }
    }
  }

  /** Whether so many of the slow were held at the same time that the run says something. */
  public static boolean isCrowded(Report report) {
    return report.most() * 100L >= (long) report.slow() * SEEN_PERCENT;
  }

  /** Whether all of them were got rid of. */
  public static boolean isCleared(Report report) {
    return report.left() <= OTHERS;
  }

  private static long passedMs(long since) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
  }

  private static int descriptors(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return Math.toIntExact(open.count());
    }
  }

  /** Miners for long lists; with deployments that nobody can run they make a long stream. */
  private static void fill(URI service) throws IOException, InterruptedException {
    Caller caller = new Caller(service, "");
    for (int i = 1; i <= MINERS; i++) {
      String id = "%064x".formatted(i);
      caller.post("/v1/miners", registration(id));
      caller.post("/v1/miners/" + id + "/start", "");
    }
    for (int i = 1; i <= DEPLOYMENTS; i++) {
      caller.post("/v1/deployments", DEPLOYMENT);
    }
  }

  private static String registration(String id) {
    return """
        {"minerId": "%s", "operator": "op", "region": "eu", "stake": "5000000000000000",
         "performance": 1000, "gasPrice": "900", "attestation": {"type": "declared", "tier": 1}}"""
        .formatted(id);
  }
}
