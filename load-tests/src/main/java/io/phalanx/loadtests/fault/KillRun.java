package io.phalanx.loadtests.fault;

import io.phalanx.loadtests.process.ServiceProcess;
import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.simulator.ledger.Acknowledged;
import io.phalanx.simulator.ledger.LedgerVerdict;
import io.phalanx.simulator.payout.PayoutEndpoint;
import io.phalanx.simulator.payout.PayoutFaults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The service under load, killed at random moments and started again on what is left. */
public final class KillRun {
  /** It never lives long enough for the better compiler to pay. */
  private static final List<String> QUICK_START =
      List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData");

  private static final int ONE_IN_SO_MANY_WHILE_STARTING = 5;
  private static final int STARTING_MS = 1_500;
  private static final int LOOKED_UP = 40;
  private static final Duration SETTLE = Duration.ofSeconds(60);

  private final KillPlan plan;
  private final Consumer<String> lines;
  private final SplittableRandom random;
  private final ServiceProcess.Launch launch;
  private final PayoutEndpoint payout;
  private final JournalWatch journal;
  private final List<Duration> ready = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private int killsWhileStarting;
  private int hits;
  private long writesHit;
  private long durableUnanswered;

  private KillRun(Path data, KillPlan plan, PayoutEndpoint payout, Consumer<String> lines) {
    this.plan = plan;
    this.lines = lines;
    this.payout = payout;
    this.random = new SplittableRandom(plan.seed());
    this.launch =
        ServiceProcess.Launch.of(
            data,
            QUICK_START,
            List.of("--payout", payout.url().toString(), "--settlement-period", "PT5S"));
    this.journal = new JournalWatch(data);
  }

  /**
   * Runs the plan on an empty folder.
   *
   * @param lines hears of each kill
   */
  public static KillReport run(Path data, KillPlan plan, Consumer<String> lines)
      throws InterruptedException {
    try (PayoutEndpoint payout = PayoutEndpoint.open(0, PayoutFaults.some(plan.seed()))) {
      return new KillRun(data, plan, payout, lines).run();
    }
  }

  private KillReport run() throws InterruptedException {
    ServiceProcess service = ServiceProcess.start(launch);
    try (Clients clients =
        new Clients(service.url(), plan.miners(), plan.perSecond(), plan.seed())) {
      payout.acknowledgeTo(service.url());
      clients.start();
      for (int kill = 1; kill <= plan.kills(); kill++) {
        service = kill(service, clients, kill);
      }
      return finish(service, clients);
    } finally {
      service.close();
    }
  }

  private ServiceProcess kill(ServiceProcess service, Clients clients, int number)
      throws InterruptedException {
    long least = plan.leastUp().toMillis();
    TimeUnit.MILLISECONDS.sleep(random.nextLong(least, plan.mostUp().toMillis()));
    int inFlight = clients.writesInFlight();
    service.kill();
    Snapshot told = clients.acknowledged();
    AuditReport audit = journal.look();
    int unanswered = journal.books().unanswered(told);
    hits += inFlight > 0 ? 1 : 0;
    writesHit += inFlight;
    durableUnanswered += unanswered;
    hold(told, audit, "kill " + number);
    ServiceProcess next = launchAgain();
    ready.add(next.awaitReady());
    List<String> missing = clients.missing(newest(told));
    missing.forEach(one -> faults.add("kill " + number + ": " + one));
    lines.accept(
        "kill %d at event %,d, %d writes in flight, %d durable unanswered; ready again in %d ms"
            .formatted(
                number,
                audit.events(),
                inFlight,
                unanswered,
                ready.get(ready.size() - 1).toMillis()));
    return next;
  }

  /** Now and then the next start is killed as well, wherever it has come to. */
  private ServiceProcess launchAgain() throws InterruptedException {
    if (random.nextInt(ONE_IN_SO_MANY_WHILE_STARTING) == 0) {
      ServiceProcess shortLived = ServiceProcess.launch(launch);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(STARTING_MS));
      shortLived.kill();
      killsWhileStarting++;
    }
    return ServiceProcess.launch(launch);
  }

  private void hold(Snapshot told, AuditReport audit, String when) {
    journal.books().faults(told).forEach(fault -> faults.add(when + ": " + fault));
    if (journal.position() < told.position()) {
      faults.add(
          "%s: the journal ends at %d, acknowledged was %d"
              .formatted(when, journal.position(), told.position()));
    }
    if (!audit.isClean()) {
      faults.add(when + ": " + audit.violationCount() + " violations");
    }
  }

  private static List<Acknowledged> newest(Snapshot told) {
    return told.deployments().values().stream()
        .sorted(Comparator.comparingLong(Acknowledged::position).reversed())
        .limit(LOOKED_UP)
        .toList();
  }

  private KillReport finish(ServiceProcess service, Clients clients) throws InterruptedException {
    int unanswered = clients.settle(SETTLE);
    LedgerVerdict verdict = clients.check();
    Snapshot told = clients.acknowledged();
    lines.accept("answers that were errors: " + clients.errors());
    service.stop();
    AuditReport audit = journal.look();
    hold(told, audit, "the end");
    return new KillReport(
        plan.kills(),
        killsWhileStarting,
        hits,
        writesHit,
        durableUnanswered,
        ready,
        faults,
        audit,
        verdict,
        unanswered,
        payout.book().size(),
        payout.book().faults());
  }
}
