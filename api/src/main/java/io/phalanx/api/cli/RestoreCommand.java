package io.phalanx.api.cli;

import io.phalanx.scheduler.engine.Restoration;
import io.phalanx.scheduler.engine.Restoration.Found;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.SystemEvent.IncarnationBegan;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalException;
import io.phalanx.scheduler.journal.Lease;
import io.phalanx.scheduler.journal.PostgresJournal;
import io.phalanx.scheduler.journal.PostgresLease;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.settlement.SettlementLine;
import io.phalanx.scheduler.storage.PostgresServer;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.Timestamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code phalanx restore}: takes a journal whose end was lost into service again. */
@Command(
    name = "restore",
    description = {
      "Takes a journal whose end was lost, such as a restored backup, into service again: as a new"
          + " incarnation, in which nothing gets a name that something lost may have had. No node"
          + " may run. Without --next-settlement it shows what the journal has and changes nothing."
    },
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  /** A leader renews its lease several times meanwhile. */
  private static final long LEASE_WATCH_MS = 2_500;

  @Mixin private Output output = new Output();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "the data folder with the restored journal (${DEFAULT-VALUE})")
  private Path data = Path.of("data");

  @Option(
      names = "--store",
      paramLabel = "JDBC-URL",
      description = "the restored database of several nodes, instead of a folder")
  private @Nullable String store;

  @Option(
      names = "--cell",
      paramLabel = "NAME",
      defaultValue = "main",
      description = "whose journal it is (${DEFAULT-VALUE})")
  private String cell = "main";

  @Option(
      names = "--next-settlement",
      paramLabel = "N",
      description = "one above the highest number that the payout layer was ever sent")
  private @Nullable Long nextSettlement;

  @Option(
      names = "--incarnation",
      paramLabel = "N",
      description =
          "number of the new incarnation; needed only when this backup was restored before:"
              + " one above the highest there was (one above the journal's own)")
  private @Nullable Long incarnation;

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (store == null && !Files.exists(data.resolve(SqliteJournal.FILE))) {
      output.err().println("--data: there is no journal in " + data);
      return ExitCode.USAGE;
    }
    try (Journal journal = open()) {
      if (store != null && isLed(new PostgresServer(store, cell))) {
        output.err().println("A node leads this cell now: stop all nodes first.");
        return ExitCode.FAILED;
      }
      return restore(Restoration.of(journal));
    } catch (JournalException | CorruptStateException e) {
      output.err().println(e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private Journal open() {
    String shared = store;
    return shared == null
        ? SqliteJournal.open(data, cell)
        : PostgresJournal.open(new PostgresServer(shared, cell));
  }

  private static boolean isLed(PostgresServer server) throws InterruptedException {
    try (Lease lease = new PostgresLease(server)) {
      Lease.Standing before = lease.look();
      TimeUnit.MILLISECONDS.sleep(LEASE_WATCH_MS);
      return !lease.look().isSilentSince(before);
    }
  }

  private int restore(Restoration restoration) throws IOException {
    Found found = restoration.found();
    Long next = nextSettlement;
    if (next == null) {
      show(found);
      output
          .err()
          .println(
              "Nothing was changed. Give --next-settlement: one above the highest number that the"
                  + " payout layer was ever sent, at least "
                  + (found.lastSettlement() + 1)
                  + ".");
      return ExitCode.USAGE;
    }
    long number = incarnation == null ? found.incarnation() + 1 : incarnation;
    List<String> faults = restoration.faults(number, next);
    if (!faults.isEmpty()) {
      faults.forEach(output.err()::println);
      return ExitCode.FAILED;
    }
    Path aside = store == null ? setAside(number) : null;
    began(restoration.begin(number, next, InstantSource.system().millis()), aside);
    return ExitCode.DONE;
  }

  /** What was built from the journal as it was before would be taken for what this one says. */
  private @Nullable Path setAside(long number) throws IOException {
    List<Path> built = BuiltFiles.in(data);
    if (built.isEmpty()) {
      return null;
    }
    Path aside = BuiltFiles.free(data, "before-incarnation-" + number);
    Files.createDirectory(aside);
    for (Path file : built) {
      Files.move(file, aside.resolve(file.getFileName()));
    }
    return aside;
  }

  private void show(Found found) {
    Amount open = found.open().stream().map(SettlementLine::fee).reduce(Amount.ZERO, Amount::plus);
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("position", found.head().last());
    shown.put("newestEventAt", Timestamps.text(found.stampMs()));
    shown.put("epoch", found.epoch());
    shown.put("incarnation", found.incarnation());
    shown.put("lastSettlement", found.lastSettlement());
    shown.put("openFees", open.pico().toString());
    shown.put("violations", found.audit().violationCount());
    print(
        shown,
        ("The journal ends at position %d, %s, in epoch %d of incarnation %d. Its last settlement"
                + " is %d; fees of %s pico-PHA wait for the next one. Violations: %d.")
            .formatted(shown.values().toArray()));
  }

  private void began(IncarnationBegan began, @Nullable Path aside) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("incarnation", began.number());
    shown.put("nextPosition", began.nextPosition());
    shown.put("nextSettlement", began.nextSettlement());
    if (aside != null) {
      shown.put("setAside", aside.toString());
    }
    print(
        shown,
        "Incarnation %d begins at position %d; the next settlement is %d."
                .formatted(began.number(), began.nextPosition(), began.nextSettlement())
            + (aside == null
                ? ""
                : " What was built from the journal before is in " + aside + "."));
  }

  private void print(Map<String, Object> shown, String sentence) {
    output
        .out()
        .println(output.isJson() ? JsonMapper.shared().writeValueAsString(shown) : sentence);
    output.out().flush();
  }
}
