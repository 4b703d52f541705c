package io.phalanx.loadtests.accept;

import io.phalanx.loadtests.process.ServiceProcess;
import io.phalanx.loadtests.process.ThreadTimes;
import io.phalanx.simulator.load.LoadListener;
import io.phalanx.simulator.load.LoadPlan;
import io.phalanx.simulator.load.LoadResult;
import io.phalanx.simulator.load.LoadTarget;
import io.phalanx.simulator.load.OpenLoopLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One comparison, on a service and a store of its own. */
public final class AcceptRun {
  /** What the columns of the lines are. */
  public static final String HEADER =
      "%-20s %6s %10s %9s %9s %9s %10s  %s"
          .formatted("", "conns", "2xx/s", "p50 ms", "p99 ms", "p99.9 ms", "cpu us", "statuses");

  private static final String DEPLOYMENTS = "/v1/deployments";
  private static final String ECHO = "/benchmark/echo";

  private final ServiceProcess service;
  private final int connections;
  private final Plan plan;
  private long sent;

  /**
   * How it is compared.
   *
   * @param windows of each of the two
   * @param length of a window
   * @param warmUp before the first window, for each of the two
   * @param heap of the service, such as {@code 2g}
   * @param recording file of a flight recording of the service; empty for none
   * @param keys whether each request has an idempotency key of its own
   */
  public record Plan(
      int windows, Duration length, Duration warmUp, String heap, String recording, boolean keys) {
    public Plan {
      if (windows < 1) {
        throw new IllegalArgumentException("at least one window");
      }
    }
  }

  private AcceptRun(ServiceProcess service, int connections, Plan plan) {
    this.service = service;
    this.connections = connections;
    this.plan = plan;
  }

  /** Compares at so many connections, and says what came of it in lines. */
  public static List<String> run(Path folder, int connections, Plan plan)
      throws InterruptedException {
    ServiceProcess.Launch launch =
        ServiceProcess.Launch.of(folder, List.of(), List.of("--benchmark-echo"))
            .measured(plan.heap(), plan.recording());
    try (ServiceProcess service = ServiceProcess.start(launch)) {
      return new AcceptRun(service, connections, plan).compare();
    }
  }

  private List<String> compare() throws InterruptedException {
    Side echo = new Side(ECHO);
    Side durable = new Side(DEPLOYMENTS);
    load(echo, plan.warmUp());
    load(durable, plan.warmUp());
    for (int window = 0; window < plan.windows(); window++) {
      measure(echo);
      measure(durable);
    }
    List<String> lines = new ArrayList<>();
    lines.add(line("echo", echo));
    lines.add("  us by thread: " + echo.threadMicros());
    lines.add(line("durable deployments", durable));
    lines.add("  us by thread: " + durable.threadMicros());
    lines.add(
        String.format(
            Locale.ROOT,
            "%-20s %6d %10.3f %49s %.3f",
            "durable / echo",
            connections,
            durable.median() / echo.median(),
            "cpu of echo / cpu of durable",
            echo.cpuMicros() / durable.cpuMicros()));
    return lines;
  }

  private void measure(Side side) throws InterruptedException {
    Duration before = service.cpu();
    ThreadTimes threads = service.threads();
    LoadResult result = load(side, plan.length());
    side.add(result, service.cpu().minus(before), service.threads().minus(threads));
  }

  private LoadResult load(Side side, Duration length) throws InterruptedException {
    long from = sent;
    String keys = plan.keys() ? "accept-" + from + "-" : "";
    LoadTarget target =
        new LoadTarget(
            service.url(),
            "POST",
            side.path(),
            Map.of("Content-Type", "application/json", "X-Developer", "load"),
            keys,
            number -> RequestBody.of(from + number));
    LoadPlan closed = LoadPlan.closed(connections, length, Duration.ZERO);
    LoadResult result = OpenLoopLoad.run(target, closed, LoadListener.NONE);
    sent += result.due();
    return result;
  }

  private String line(String name, Side side) {
    String broken = side.broken() == 0 ? "" : ", " + side.broken() + " broken";
    return String.format(
        Locale.ROOT,
        "%-20s %6d %10.0f %9.2f %9.2f %9.2f %10.1f  %s%s",
        name,
        connections,
        side.median(),
        side.quantileMs(50),
        side.quantileMs(99),
        side.quantileMs(99.9),
        side.cpuMicros(),
        side.statuses(),
        broken);
  }
}
