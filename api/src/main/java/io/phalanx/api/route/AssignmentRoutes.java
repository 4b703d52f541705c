package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.Position;
import io.phalanx.api.json.JsonBytes;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.route.Gateway.Success;
import io.phalanx.api.route.ReadingGuard.Signed;
import io.phalanx.scheduler.command.AssignmentCommand;
import io.phalanx.scheduler.command.AssignmentCommand.AcknowledgeAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.CompleteAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.FailAssignment;
import io.phalanx.scheduler.command.AssignmentCommand.ReportGas;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.deployment.Reading;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.view.GasResults;
import io.phalanx.scheduler.view.GasResults.Charged;
import io.phalanx.scheduler.view.GasResults.RefusedReading;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** What miners say of the contracts they run. */
final class AssignmentRoutes {
  private final Gateway gateway;
  private final ReadingGuard guard;

  AssignmentRoutes(Services services) {
    this.gateway = services.gateway();
    this.guard = new ReadingGuard(services);
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "acknowledgeAssignment",
            call -> submit(call, new AcknowledgeAssignment(id(call), epoch(call))),
        "completeAssignment",
            call -> submit(call, new CompleteAssignment(id(call), epoch(call), reason(call))),
        "failAssignment",
            call -> submit(call, new FailAssignment(id(call), epoch(call), reason(call))),
        "reportAssignmentGas", this::one,
        "reportGas", this::batch);
  }

  private Future<Answer> submit(Call call, AssignmentCommand command) {
    return gateway.submit(call, command, Success.OK);
  }

  private static AssignmentId id(Call call) {
    return new AssignmentId(call.path("id"));
  }

  private static long epoch(Call call) {
    return call.body().path("epoch").asLong();
  }

  private static @Nullable String reason(Call call) {
    JsonNode reason = call.body().path("reason");
    return reason.isString() ? reason.asString() : null;
  }

  private Future<Answer> one(Call call) {
    Signed reading = reading(call, id(call), call.body());
    return guard.judge(call, List.of(reading)).compose(problems -> one(call, reading, problems));
  }

  private Future<Answer> one(Call call, Signed reading, List<Optional<Problem>> problems) {
    Optional<Problem> problem = problems.get(0);
    return problem.isPresent()
        ? Future.succeededFuture(Answer.problem(problem.get()))
        : gateway
            .unkeyed(call, new ReportGas(List.of(reading.reading())))
            .map(reply -> isResults(reply) ? single(reply) : Gateway.answer(reply, Success.OK));
  }

  private Future<Answer> batch(Call call) {
    JsonNode items = call.body().path("readings");
    List<Signed> readings = new ArrayList<>(items.size());
    items.forEach(
        item ->
            readings.add(
                reading(call, new AssignmentId(item.path("assignmentId").asString()), item)));
    return guard.judge(call, readings).compose(problems -> batch(call, readings, problems));
  }

  /** Those that are their miners' are decided, the others are not even looked at. */
  private Future<Answer> batch(Call call, List<Signed> readings, List<Optional<Problem>> problems) {
    List<Reading> good = new ArrayList<>(readings.size());
    for (int i = 0; i < readings.size(); i++) {
      if (problems.get(i).isEmpty()) {
        good.add(readings.get(i).reading());
      }
    }
    return gateway
        .unkeyed(call, new ReportGas(good))
        .map(reply -> isResults(reply) ? all(reply, problems) : Gateway.answer(reply, Success.OK));
  }

  /** In open mode nobody has verified a signature, so none is kept. */
  private static Signed reading(Call call, AssignmentId id, JsonNode body) {
    JsonNode given = body.path("signature");
    String signature = given.isString() ? given.asString() : null;
    Reading reading =
        new Reading(
            id,
            body.path("epoch").asLong(),
            body.path("sequence").asLong(),
            body.path("gasUsed").asLong(),
            body.path("final").asBoolean(false),
            call.credentials().isOpen() ? null : signature);
    return new Signed(reading, signature);
  }

  private static boolean isResults(Reply reply) {
    return reply instanceof Reply.Decided decided
        && decided.outcome() instanceof Outcome.Done done
        && done.answer() instanceof GasResults;
  }

  private static List<GasResults.Result> results(Reply.Decided decided) {
    return ((GasResults) ((Outcome.Done) decided.outcome()).answer()).results();
  }

  private static Answer single(Reply reply) {
    Reply.Decided decided = (Reply.Decided) reply;
    Position at = new Position(decided.position(), decided.epoch());
    GasResults.Result result = results(decided).get(0);
    if (result instanceof RefusedReading refused) {
      return Answer.problem(RefusalTable.problem(refused.rejection()), at);
    }
    return Answer.json(200, JsonBytes.write(json -> write(json, result)), Map.of(), at);
  }

  private static Answer all(Reply reply, List<Optional<Problem>> problems) {
    Reply.Decided decided = (Reply.Decided) reply;
    Iterator<GasResults.Result> decisions = results(decided).iterator();
    byte[] body =
        JsonBytes.write(
            json -> {
              json.writeStartObject();
              json.writeArrayPropertyStart("results");
              problems.forEach(
                  problem ->
                      problem.ifPresentOrElse(
                          known -> write(json, known), () -> write(json, decisions.next())));
              json.writeEndArray();
              json.writeEndObject();
            });
    return Answer.json(200, body, Map.of(), new Position(decided.position(), decided.epoch()));
  }

  private static void write(JsonGenerator json, Problem problem) {
    json.writeStartObject();
    json.writeName("problem");
    problem.writeTo(json);
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, GasResults.Result result) {
    if (result instanceof RefusedReading refused) {
      write(json, RefusalTable.problem(refused.rejection()));
      return;
    }
    Charged charged = (Charged) result;
    json.writeStartObject();
    json.writeStringProperty("charged", charged.charged().toString());
    json.writeBooleanProperty("exhausted", charged.exhausted());
    json.writeName("receiptId");
    json.writeString(charged.receiptId());
    json.writeEndObject();
  }
}
