package io.phalanx.loadtests.cluster;

import io.phalanx.loadtests.cluster.ClusterReport.Happened;
import io.phalanx.loadtests.fault.Clients;
import io.phalanx.loadtests.fault.JournalBooks;
import io.phalanx.loadtests.fault.Snapshot;
import io.phalanx.loadtests.process.ServiceProcess;
import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.scheduler.audit.JournalAudit;
import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.event.SystemEvent.LeaderTookOver;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.PostgresJournal;
import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.simulator.ledger.LedgerVerdict;
import io.phalanx.simulator.payout.PayoutEndpoint;
import io.phalanx.simulator.payout.PayoutFaults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A cluster on a real database under load, with faults one after the other. Each node has clients
 * of its own that repeat what was not answered; afterwards the journal is read back and held
 * against all that any of them was told.
 */
public final class ClusterRun {
  private static final String CELL = "main";
  private static final String END = "the end";
  private static final Duration SETTLE = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration STORE_DOWN = Duration.ofMillis(500);
  private static final long BETWEEN_MS = 4_000;
  private static final long AFTER_MS = 5_000;

  private final ClusterPlan plan;
  private final Consumer<String> lines;
  private final PostgresProcess store;
  private final ClusterProcesses cluster;
  private final PayoutEndpoint payout;
  private final List<Clients> clients = new ArrayList<>();
  private final List<WriteProbe> probes = new ArrayList<>();
  private final List<Happened> happened = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private int staleAppends;

  private ClusterRun(
      ClusterPlan plan,
      Consumer<String> lines,
      PostgresProcess store,
      ClusterProcesses cluster,
      PayoutEndpoint payout) {
    this.plan = plan;
    this.lines = lines;
    this.store = store;
    this.cluster = cluster;
    this.payout = payout;
  }

  /**
   * Runs the plan on an empty folder.
   *
   * @param lines hears of each fault
   */
  public static ClusterReport run(Path folder, ClusterPlan plan, Consumer<String> lines)
      throws InterruptedException {
    try (PayoutEndpoint payout = PayoutEndpoint.open(0, PayoutFaults.some(plan.seed()));
        PostgresProcess store =
            PostgresProcess.start(folder.resolve("postgres"), ServiceProcess.freePort());
        ClusterProcesses cluster =
            ClusterProcesses.start(
                folder,
                store.port(),
                plan.nodes(),
                List.of("--payout", payout.url().toString(), "--settlement-period", "PT5S"))) {
      return new ClusterRun(plan, lines, store, cluster, payout).run();
    }
  }

  private ClusterReport run() throws InterruptedException {
    try {
      payout.acknowledgeTo(cluster.node(0).url());
      for (int i = 0; i < cluster.size(); i++) {
        Clients some =
            new Clients(
                cluster.node(i).url(), plan.miners(), plan.perSecond(), plan.seed() * 100 + i);
        clients.add(some);
        some.start();
        probes.add(WriteProbe.start(cluster.node(i).url(), "probe-" + i));
      }
      for (ClusterFault fault : plan.faults()) {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_MS);
        happen(fault);
      }
      return finish();
    } finally {
      probes.forEach(WriteProbe::close);
      clients.forEach(Clients::close);
    }
  }

  private void happen(ClusterFault fault) throws InterruptedException {
    int leader = cluster.leader(-1);
    long since = System.nanoTime();
    switch (fault) {
      case KILL_LEADER -> {
        cluster.node(leader).kill();
        cluster.leader(leader);
        TimeUnit.MILLISECONDS.sleep(AFTER_MS);
        note(fault, since);
        cluster.restart(leader);
      }
      case STOP_LEADER -> {
        cluster.node(leader).stop();
        TimeUnit.MILLISECONDS.sleep(AFTER_MS);
        note(fault, since);
        cluster.restart(leader);
      }
      case RESTART_EACH -> {
        for (int node = 0; node < cluster.size(); node++) {
          cluster.node(node).stop();
          cluster.restart(node);
        }
        TimeUnit.MILLISECONDS.sleep(AFTER_MS);
        note(fault, since);
      }
      case PAUSE_LEADER -> {
        int before = cluster.fenced(leader);
        long pid = cluster.node(leader).pid();
        Signals.send(pid, "STOP");
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        Signals.send(pid, "CONT");
        TimeUnit.MILLISECONDS.sleep(AFTER_MS);
        note(fault, since);
        staleAppends += cluster.fenced(leader) - before;
      }
      case CRASH_STORE -> {
        store.crash(STORE_DOWN);
        long back = System.nanoTime();
        cluster.leader(-1);
        TimeUnit.MILLISECONDS.sleep(AFTER_MS);
        note(fault, back);
      }
      case CUT_LEADER_FROM_STORE -> cut(fault, leader, true);
      case LOSE_ANSWERS_TO_LEADER -> cut(fault, leader, false);
    }
    check(fault.name());
  }

  private void cut(ClusterFault fault, int leader, boolean bothWays) throws InterruptedException {
    long since = System.nanoTime();
    cluster.way(leader).hold(bothWays, true);
    TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    cluster.way(leader).hold(false, false);
    cluster.way(leader).reset();
    TimeUnit.MILLISECONDS.sleep(AFTER_MS);
    note(fault, since);
  }

  private void note(ClusterFault fault, long since) {
    Duration gap = WriteProbe.longestGap(probes, since);
    happened.add(new Happened(fault, gap));
    lines.accept("%s: no write taken for %d ms".formatted(fault, gap.toMillis()));
  }

  private int leaders;

  /** What had been told before the journal is read must be in it. */
  private AuditReport check(String when) throws InterruptedException {
    List<Snapshot> told = new ArrayList<>();
    for (Clients some : clients) {
      told.add(some.acknowledged());
    }
    JournalAudit audit = new JournalAudit();
    JournalBooks books = new JournalBooks();
    EventCodec codec = new EventCodec();
    leaders = 0;
    try (Journal journal = PostgresJournal.open(new PostgresServer(store.jdbcUrl(), CELL))) {
      journal.read(
          0,
          row -> {
            audit.beginRow(row.first(), row.epoch());
            codec.decode(
                row.body(),
                row.first(),
                event -> {
                  audit.accept(event);
                  books.take(event);
                  leaders += event.event() instanceof LeaderTookOver ? 1 : 0;
                });
          });
    }
    AuditReport report = audit.finish();
    boolean isOver = when.equals(END);
    for (Snapshot one : told) {
      List<String> found = isOver ? books.faults(one) : books.lost(one);
      found.forEach(fault -> faults.add(when + ": " + fault));
    }
    if (!report.isClean()) {
      faults.add(when + ": " + report.violations());
    }
    return report;
  }

  private ClusterReport finish() throws InterruptedException {
    probes.forEach(WriteProbe::close);
    int unanswered = 0;
    List<LedgerVerdict> verdicts = new ArrayList<>();
    for (Clients some : clients) {
      unanswered += some.settle(SETTLE);
    }
    for (Clients some : clients) {
      verdicts.add(some.check());
      lines.accept("answers that were errors: " + some.errors());
    }
    AuditReport audit = check(END);
    return new ClusterReport(
        happened,
        staleAppends,
        leaders,
        faults,
        audit,
        verdicts,
        unanswered,
        payout.book().faults());
  }
}
