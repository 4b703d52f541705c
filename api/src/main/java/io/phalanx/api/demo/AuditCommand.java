package io.phalanx.api.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phalanx.scheduler.audit.AuditReport;
import io.phalanx.scheduler.engine.StoredAudit;
import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.journal.Journal;
import io.phalanx.scheduler.journal.JournalException;
import io.phalanx.scheduler.journal.PostgresJournal;
import io.phalanx.scheduler.journal.SqliteJournal;
import io.phalanx.scheduler.storage.PostgresServer;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads a stopped node's journal and checks every invariant. */
@Command(
    name = "audit",
    description = {
      "Reads the journal of a node that is stopped and checks its chain and every invariant.",
      "Exit code 0: nothing is wrong; 1: something is."
    },
    mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "the node's data folder (${DEFAULT-VALUE})")
  private Path data = Path.of("data");

  @Option(
      names = "--store",
      paramLabel = "JDBC-URL",
      description = "the database that nodes share, instead of a folder; they may be running")
  private @Nullable String store;

  @Option(
      names = "--cell",
      paramLabel = "NAME",
      defaultValue = "main",
      description = "whose journal it is (${DEFAULT-VALUE})")
  private String cell = "main";

  @Option(names = "--accounts", description = "what every account stands at, and their sum")
  private boolean accounts;

  @Option(names = "--json", description = "the report as one line of JSON")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    CommandSpec known = spec;
    if (known == null) {
      throw new IllegalStateException("picocli has set no spec");
    }
    PrintWriter out = known.commandLine().getOut();
    PrintWriter err = known.commandLine().getErr();
    if (store == null && !Files.isDirectory(data)) {
      err.println("--data: there is no folder " + data);
      return 2;
    }
    try (Journal journal = open()) {
      AuditReport report = StoredAudit.of(journal);
      out.println(json ? json(report) : text(report));
      return report.isClean() ? 0 : 1;
    } catch (JournalException | CorruptStateException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private Journal open() {
    String shared = store;
    return shared == null
        ? SqliteJournal.open(data, cell)
        : PostgresJournal.open(new PostgresServer(shared, cell));
  }

  private String json(AuditReport report) throws JsonProcessingException {
    ObjectNode shown = JSON.valueToTree(report);
    shown.remove("accounts");
    if (accounts) {
      ObjectNode balances = shown.putObject("accounts");
      report.accounts().forEach((name, pico) -> balances.put(name, pico.toString()));
      shown.put("accountsSum", sum(report).toString());
    }
    return JSON.writeValueAsString(shown);
  }

  private static BigInteger sum(AuditReport report) {
    return report.accounts().values().stream().reduce(BigInteger.ZERO, BigInteger::add);
  }

  private String text(AuditReport report) {
    StringBuilder text = new StringBuilder();
    if (accounts) {
      String end = System.lineSeparator();
      report.accounts().forEach((name, pico) -> text.append(name + " " + pico + end));
      text.append("sum ").append(sum(report)).append(end);
    }
    report
        .violations()
        .forEach(
            violation ->
                text.append("event ")
                    .append(violation.position())
                    .append(", invariant ")
                    .append(violation.invariant())
                    .append(": ")
                    .append(violation.sentence())
                    .append(System.lineSeparator()));
    return text.append(report.events())
        .append(" events, ")
        .append(report.violationCount())
        .append(" violations")
        .toString();
  }
}
