package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.Position;
import io.phalanx.api.problem.Fault;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.read.Sight;
import io.phalanx.api.read.StatementReads;
import io.phalanx.api.route.Gateway.Success;
import io.phalanx.scheduler.command.AccountCommand.CorrectCharge;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.settlement.CorrectedCharge;
import io.phalanx.scheduler.statement.Statement;
import io.phalanx.scheduler.statement.Statement.Period;
import io.phalanx.scheduler.statement.Subject;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody was charged or earned in a period, and charges that are taken back. */
final class StatementRoutes {
  private static final Success CREATED = new Success(201, null);
  private static final String CSV = "text/csv";

  /** RFC 3339 has years of four digits. */
  private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");

  private final Services services;
  private final Reads reads;
  private final StatementReads statements;

  StatementRoutes(Services services, Reads reads) {
    this.services = services;
    this.reads = reads;
    this.statements = new StatementReads(services.engine());
  }

  Map<String, Endpoint> endpoints() {
    return Map.of("getStatement", this::statement, "correctCharge", this::correct);
  }

  /** Whose statement it is. */
  private record Whose(Subject subject, String name) {}

  private Future<Answer> statement(Call call) {
    List<Fault> faults = new ArrayList<>();
    List<Whose> asked = asked(call);
    Optional<Whose> own =
        StatementReads.own(Callers.receiptsOf(call))
            .map(mine -> new Whose(mine.getKey(), mine.getValue()));
    if (asked.size() > 1 || (asked.isEmpty() && own.isEmpty())) {
      faults.add(Fault.query("developer", "one of developer, operator and miner must be named"));
    }
    Instant from = instant(call, "from", Instant.EPOCH, faults);
    Instant to = instant(call, "to", services.clock().instant(), faults);
    if (faults.isEmpty() && to.isBefore(from)) {
      faults.add(Fault.query("to", "must not be before from"));
    }
    if (!faults.isEmpty()) {
      return Future.succeededFuture(Answer.problem(Problem.invalid(faults)));
    }
    Whose whose = asked.isEmpty() ? own.orElseThrow() : asked.get(0);
    if (own.isPresent() && !own.get().equals(whose) && !isOverseen(call, whose)) {
      String sentence = "You have no statement of that name.";
      return Future.succeededFuture(
          Answer.problem(Problem.of(ProblemKind.NOT_FOUND, sentence), reads.node().position()));
    }
    Position before = reads.node().position();
    boolean asCsv = isCsv(call.headers().accept());
    return reads.answering(
        () ->
            shown(
                statements.statement(whose.subject(), whose.name(), new Period(from, to)),
                asCsv,
                before));
  }

  /** What a miner earned is its operator's too. */
  private boolean isOverseen(Call call, Whose whose) {
    Sight sight = Callers.sight(call);
    return switch (whose.subject()) { // no default: a new subject does not compile until it is
      case DEVELOPER -> false;
      case OPERATOR -> sight.owns(whose.name(), "");
      case MINER ->
          reads
              .miners()
              .find(new MinerId(whose.name()))
              .filter(miner -> sight.owns(miner.operator(), whose.name()))
              .isPresent();
    };
  }

  private static Answer shown(Statement statement, boolean asCsv, Position at) {
    if (!asCsv) {
      return Show.ok(statement.json(), at);
    }
    byte[] body = statement.csv().getBytes(StandardCharsets.UTF_8);
    return new Answer.Whole(200, CSV + "; charset=utf-8", body, Map.of(), at);
  }

  /** CSV for who names it before JSON, or without JSON. */
  private static boolean isCsv(@Nullable String accept) {
    if (accept == null) {
      return false;
    }
    String types = accept.toLowerCase(Locale.ROOT);
    int csv = types.indexOf(CSV);
    int json = types.indexOf(Answer.JSON);
    return csv >= 0 && (json < 0 || csv < json);
  }

  private static List<Whose> asked(Call call) {
    List<Whose> asked = new ArrayList<>();
    for (Subject subject : Subject.values()) {
      String name = call.query(subject.name().toLowerCase(Locale.ROOT));
      if (name != null) {
        asked.add(new Whose(subject, name));
      }
    }
    return asked;
  }

  private static Instant instant(Call call, String name, Instant otherwise, List<Fault> faults) {
    String text = call.query(name);
    if (text == null) {
      return otherwise;
    }
    try {
      Instant instant = Instant.parse(text);
      boolean isWhole = instant.equals(Instant.ofEpochMilli(instant.toEpochMilli()));
      if (isWhole && !instant.isBefore(Instant.EPOCH) && instant.isBefore(END_OF_TIME)) {
        return instant;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // said below
    }
    faults.add(Fault.query(name, "must be a time such as 2026-11-22T12:00:00.000Z"));
    return otherwise;
  }

  private Future<Answer> correct(Call call) {
    String id = call.body().path("receiptId").asString();
    String reason = call.body().path("reason").asString();
    return services
        .vertx()
        .executeBlocking(() -> statements.charge(id), false)
        .compose(
            charge -> {
              if (charge.isEmpty()) {
                Fault fault = Fault.body("/receiptId", "must be the id of a receipt");
                return Future.succeededFuture(Answer.problem(Problem.invalid(List.of(fault))));
              }
              return submit(call, charge.get(), reason);
            })
        .recover(Reads::unreadable);
  }

  private Future<Answer> submit(Call call, CorrectedCharge charge, String reason) {
    return services.gateway().submit(call, new CorrectCharge(charge, reason), CREATED);
  }
}
