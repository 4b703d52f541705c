package io.phalanx.loadtests.cluster;

import io.phalanx.loadtests.cluster.ClusterReport.Happened;
import io.phalanx.loadtests.fault.Clients;
import io.phalanx.loadtests.fault.JournalBooks;
import io.phalanx.loadtests.fault.Snapshot;
import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.scheduler.audit.JournalAudit;
import io.phalanx.scheduler.codec.EventCodec;
import io.phalanx.scheduler.event.SystemEvent.LeaderTookOver;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.PostgresJournal;
import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.simulator.ledger.LedgerVerdict;
import io.phalanx.simulator.payout.PayoutEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A cluster under load. Each node has clients of its own that repeat what was not answered, and a
 * probe; the journal is read back whenever it is asked for, and held against all that any of them
 * was told.
 */
final class Scene implements AutoCloseable {
  private static final String CELL = "main";
  private static final String END = "the end";
  private static final Duration SETTLE = Duration.ofSeconds(90);

  private final ClusterProcesses cluster;
  private final PayoutEndpoint payout;
  private final String store;
  private final Consumer<String> lines;
  private final List<Clients> clients = new ArrayList<>();
  private final List<WriteProbe> probes = new ArrayList<>();
  private final List<Happened> happened = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private int staleAppends;
  private int leaders;

  /**
   * A cluster that nobody uses yet.
   *
   * @param payout where its settlements go
   * @param store JDBC URL of its database, as this process reaches it
   * @param lines hears of what happens
   */
  Scene(ClusterProcesses cluster, PayoutEndpoint payout, String store, Consumer<String> lines) {
    this.cluster = cluster;
    this.payout = payout;
    this.store = store;
    this.lines = lines;
  }

  /** Begins to use it; returns when all fleets are up. */
  void begin(ClusterLoad load) throws InterruptedException {
    payout.acknowledgeTo(cluster.node(0).url());
    for (int i = 0; i < cluster.size(); i++) {
      Clients some =
          new Clients(
              cluster.node(i).url(), load.miners(), load.perSecond(), load.seed() * 100 + i);
      clients.add(some);
      some.start();
      probes.add(WriteProbe.start(cluster.node(i).url(), "probe-" + i));
    }
  }

  /** The node's own probe. */
  WriteProbe probe(int node) {
    return probes.get(node);
  }

  /** The longest time since then in which no node took a write; it is kept for the report. */
  Duration note(String fault, long sinceNanos) {
    Duration gap = WriteProbe.longestGap(probes, sinceNanos);
    Instant start = Instant.now().minusNanos(System.nanoTime() - sinceNanos);
    Map<String, Duration> stages = LeadStages.since(start, cluster.logs());
    happened.add(new Happened(fault, gap, stages));
    lines.accept("%s: no write taken for %d ms %s".formatted(fault, gap.toMillis(), stages));
    return gap;
  }

  /** So many appends of a replaced leader were refused. */
  void refused(int appends) {
    staleAppends += appends;
  }

  /** Something that must not be so. */
  void fault(String what) {
    faults.add(what);
  }

  /** What had been told before the journal is read must be in it. */
  AuditReport check(String when) throws InterruptedException {
    List<Snapshot> told = new ArrayList<>();
    for (Clients some : clients) {
      told.add(some.acknowledged());
    }
    List<List<String>> deposits = probes.stream().map(WriteProbe::acknowledged).toList();
    JournalAudit audit = new JournalAudit();
    JournalBooks books = new JournalBooks();
    read(audit, books);
    AuditReport report = audit.finish();
    boolean isOver = when.equals(END);
    for (Snapshot one : told) {
      List<String> found = isOver ? books.faults(one) : books.lost(one);
      found.forEach(fault -> faults.add(when + ": " + fault));
    }
    for (int i = 0; i < deposits.size(); i++) {
      books
          .lostDeposits(probes.get(i).account(), deposits.get(i))
          .forEach(fault -> faults.add(when + ": " + fault));
    }
    if (!report.isClean()) {
      faults.add(when + ": " + report.violations());
    }
    return report;
  }

  private void read(JournalAudit audit, JournalBooks books) {
    EventCodec codec = new EventCodec();
    leaders = 0;
    try (Journal journal = PostgresJournal.open(new PostgresServer(store, CELL))) {
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
  }

  /** Lets everybody come to an end, and holds all against the journal and the service. */
  ClusterReport finish() throws InterruptedException {
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

  @Override
  public void close() {
    probes.forEach(WriteProbe::close);
    clients.forEach(Clients::close);
  }
}
