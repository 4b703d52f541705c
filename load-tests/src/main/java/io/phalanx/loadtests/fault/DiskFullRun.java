package io.phalanx.loadtests.fault;

import io.phalanx.loadtests.process.ServiceProcess;
import io.phalanx.loadtests.process.SmallDisk;
import io.phalanx.loadtests.process.TemporaryFolder;
import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.scheduler.history.SqliteHistory;
import io.phalanx.scheduler.receipt.SqliteReceipts;
import io.phalanx.simulator.ledger.LedgerVerdict;
import io.phalanx.simulator.payout.PayoutEndpoint;
import io.phalanx.simulator.payout.PayoutFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The service under load on a small disk that others fill up, and give back some time later. */
public final class DiskFullRun {
  private static final List<String> QUICK_START =
      List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData");

  private static final int MINERS = 60;
  private static final double PER_SECOND = 20;
  private static final long BEFORE_MS = 3_000;
  private static final long FULL_MS = 4_000;
  private static final long TOP_UP_MS = 20;
  private static final long PATIENCE_MS = 60_000;
  private static final int REFUSALS = 10;
  private static final int TAKEN_AGAIN = 10;
  private static final Duration SETTLE = Duration.ofSeconds(60);

  private final SmallDisk disk;
  private final Consumer<String> lines;
  private final JournalWatch journal;
  private final List<Duration> back = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  private DiskFullRun(SmallDisk disk, Consumer<String> lines) {
    this.disk = disk;
    this.lines = lines;
    this.journal = new JournalWatch(disk.outside());
  }

  /**
   * Fills the disk so many times.
   *
   * @param data the folder that the disk is mounted over
   * @param lines hears of each time
   */
  public static DiskFullReport run(
      SmallDisk disk, Path data, int times, long seed, Consumer<String> lines)
      throws InterruptedException {
    try (PayoutEndpoint payout = PayoutEndpoint.open(0, PayoutFaults.some(seed))) {
      ServiceProcess.Launch launch =
          ServiceProcess.Launch.of(
              data,
              ServiceProcess.Place.within(disk.before()),
              QUICK_START,
              List.of("--payout", payout.url().toString(), "--settlement-period", "PT5S"));
      return new DiskFullRun(disk, lines).run(launch, payout, times, seed);
    }
  }

  private DiskFullReport run(
      ServiceProcess.Launch launch, PayoutEndpoint payout, int times, long seed)
      throws InterruptedException {
    try (ServiceProcess service = ServiceProcess.launch(launch)) {
      service.awaitReady();
      payout.acknowledgeTo(service.url());
      try (Clients clients = new Clients(service.url(), MINERS, PER_SECOND, seed);
          StatusProbe probe = StatusProbe.start(service.url(), "probe")) {
        clients.start();
        for (int i = 1; i <= times; i++) {
          TimeUnit.MILLISECONDS.sleep(BEFORE_MS);
          fill(probe, i);
        }
        TimeUnit.MILLISECONDS.sleep(BEFORE_MS);
        return finish(service, clients, probe);
      }
    }
  }

  private void fill(StatusProbe probe, int number) throws InterruptedException {
    long refused = probe.refused();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    long full = Long.MAX_VALUE;
    while (System.nanoTime() < full && System.nanoTime() < end) {
      disk.fill(); // what the service lets go of is taken as well
      TimeUnit.MILLISECONDS.sleep(TOP_UP_MS);
      if (full == Long.MAX_VALUE && probe.refused() >= refused + REFUSALS) {
        full = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FULL_MS);
      }
    }
    long taken = probe.count(201);
    long freed = System.nanoTime();
    disk.free();
    await("a write after there was room again", () -> probe.count(201) > taken);
    back.add(Duration.ofNanos(System.nanoTime() - freed));
    await("more of them", () -> probe.count(201) > taken + TAKEN_AGAIN);
    lines.accept(
        "full disk %d: %d writes refused; taken again after %d ms"
            .formatted(number, probe.refused() - refused, back.get(back.size() - 1).toMillis()));
    if (full == Long.MAX_VALUE) {
      faults.add("full disk " + number + " refused no write");
    }
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("it did not happen: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private DiskFullReport finish(ServiceProcess service, Clients clients, StatusProbe probe)
      throws InterruptedException {
    BigInteger off = probe.finish();
    if (off.signum() != 0) {
      faults.add("the probe's account is off by " + off);
    }
    clients.settle(SETTLE);
    LedgerVerdict verdict = clients.check();
    Snapshot told = clients.acknowledged();
    lines.accept("answers that were errors: " + clients.errors());
    service.stop();
    AuditReport audit = journal.look();
    faults.addAll(probe.faults());
    faults.addAll(journal.books().faults(told));
    if (journal.position() < told.position()) {
      faults.add("the journal ends at " + journal.position() + " before " + told.position());
    }
    return new DiskFullReport(
        back, probe.writes(), probe.reads(), faults, audit, verdict, isFollowed());
  }

  /** What a stop leaves, in a copy: history and receipts have everything, or were given up. */
  private boolean isFollowed() {
    try (TemporaryFolder copy = TemporaryFolder.make("phalanx-disk-copy")) {
      for (String file : List.of(SqliteHistory.FILE, SqliteReceipts.FILE)) {
        for (String part : List.of(file, file + "-wal")) {
          if (Files.exists(disk.outside().resolve(part))) {
            Files.copy(disk.outside().resolve(part), copy.path().resolve(part));
          }
        }
      }
      try (SqliteHistory history = SqliteHistory.open(copy.path());
          SqliteReceipts receipts = SqliteReceipts.open(copy.path())) {
        return history.followed() == journal.position()
            && receipts.followed() == journal.position();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("history and receipts could not be copied", e);
    }
  }
}
