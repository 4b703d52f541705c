package io.phalanx.loadtests.placement;

import io.phalanx.loadtests.process.ServiceProcess;
import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.scheduler.engine.StoredAudit;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.simulator.Pace;
import io.phalanx.simulator.Population;
import io.phalanx.simulator.Simulation;
import io.phalanx.simulator.SimulationOptions;
import io.phalanx.simulator.SimulationReport;
import io.phalanx.simulator.Wiring;
import io.phalanx.simulator.fleet.Behaviour;
import io.phalanx.simulator.shape.DemandShape;
import io.phalanx.simulator.stats.LatencySummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** A fleet and a stream of deployments against the real service. */
public final class PlacementRun {
  private static final int DEVELOPERS = 4;
  private static final Duration WORK = Duration.ofSeconds(8);

  /**
   * What is run.
   *
   * @param miners in the fleet
   * @param perSecond deployments posted, at instants that do not wait for the service
   * @param steady how long latencies are measured
   * @param warmUp before that
   * @param constrained whether deployments have tiers, scores and prices that few miners meet; else
   *     every miner suits, and only the service can delay a placement
   * @param heap of the service, such as {@code 2g}
   * @param recording file of a flight recording of the service; empty for none
   */
  public record Plan(
      int miners,
      double perSecond,
      Duration steady,
      Duration warmUp,
      boolean constrained,
      String heap,
      String recording) {}

  private final Plan plan;
  private final Path data;
  private final Consumer<String> lines;

  private PlacementRun(Plan plan, Path data, Consumer<String> lines) {
    this.plan = plan;
    this.data = data;
    this.lines = lines;
  }

  /**
   * Runs the plan on an empty folder, and says what came of it.
   *
   * @param lines hears of progress, once a second
   */
  public static List<String> run(Plan plan, Path data, Consumer<String> lines)
      throws InterruptedException {
    return new PlacementRun(plan, data, lines).run();
  }

  private List<String> run() throws InterruptedException {
    ServiceProcess.Launch launch =
        ServiceProcess.Launch.of(data, List.of(), List.of())
            .measured(plan.heap(), plan.recording());
    List<String> report = new ArrayList<>();
    try (ServiceProcess service = ServiceProcess.start(launch);
        RoundWatch rounds = new RoundWatch(service.url())) {
      long started = System.nanoTime();
      SimulationReport simulated = Simulation.run(options(service), Optional.empty());
      double seconds = (System.nanoTime() - started) / 1e9;
      report.addAll(lines(simulated));
      rounds.late().map(RoundFigures::text).ifPresent(report::add);
      report.add(
          String.format(
              Locale.ROOT,
              "the service used %.2f processors on average",
              service.cpu().toMillis() / 1e3 / seconds));
      service.stop();
    }
    report.add(audit());
    return report;
  }

  private SimulationOptions options(ServiceProcess service) {
    DemandShape demand =
        plan.constrained()
            ? new DemandShape(1, plan.perSecond(), WORK, 0, false)
            : DemandShape.easy(1, plan.perSecond(), WORK);
    Population population =
        new Population(Optional.empty(), Optional.empty(), plan.miners(), DEVELOPERS, demand);
    Pace pace =
        new Pace(plan.warmUp().plus(plan.steady()), plan.warmUp(), 1, Duration.ofSeconds(2));
    return SimulationOptions.of(service.url(), 1, "placement")
        .with(population)
        .with(pace)
        .with(Behaviour.FAULTLESS)
        .with(new Wiring(true, 512, OptionalInt.empty(), Optional.empty(), 0))
        .with(lines);
  }

  private List<String> lines(SimulationReport report) {
    return List.of(
        "%,d of %,d miners started, in %.1f s"
            .formatted(report.minersStarted(), plan.miners(), report.fleetUpMs() / 1e3),
        "%,d deployments accepted (%.0f/s), %,d refused, %,d placed, %,d not yet"
            .formatted(
                report.deployments(),
                report.deployments() * 1e3 / report.runMs(),
                report.deploymentsRefused(),
                report.deploymentsPlaced(),
                report.deploymentsPending()),
        "%,d completed, %,d readings, %,d heartbeats, errors %s"
            .formatted(
                report.completions(), report.readings(), report.heartbeats(), report.errors()),
        latency("accepted to placed", report.acceptedToPlacedMs()),
        latency("due to accepted", report.acceptingMs()));
  }

  private static String latency(String what, LatencySummary ms) {
    return String.format(
        Locale.ROOT,
        "%s: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms (%d)",
        what,
        ms.p50(),
        ms.p90(),
        ms.p99(),
        ms.max(),
        ms.count());
  }

  private String audit() {
    try (SqliteJournal journal = SqliteJournal.open(data, "main")) {
      AuditReport audit = StoredAudit.of(journal);
      return "%,d events, %d violations".formatted(audit.events(), audit.violationCount());
    }
  }
}
