package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.Position;
import io.phalanx.api.json.JsonBytes;
import io.phalanx.api.route.Gateway.Success;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** What miners say of the contracts they run. */
final class AssignmentRoutes {
  private final Gateway gateway;

  AssignmentRoutes(Gateway gateway) {
    this.gateway = gateway;
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
    Reading reading = reading(id(call), call.body());
    return gateway
        .unkeyed(call, new ReportGas(List.of(reading)))
        .map(reply -> isResults(reply) ? single(reply) : Gateway.answer(reply, Success.OK));
  }

  private Future<Answer> batch(Call call) {
    JsonNode items = call.body().path("readings");
    List<Reading> readings = new ArrayList<>(items.size());
    items.forEach(
        item ->
            readings.add(reading(new AssignmentId(item.path("assignmentId").asString()), item)));
    return gateway
        .unkeyed(call, new ReportGas(readings))
        .map(reply -> isResults(reply) ? all(reply) : Gateway.answer(reply, Success.OK));
  }

  private static Reading reading(AssignmentId id, JsonNode body) {
    return new Reading(
        id,
        body.path("epoch").asLong(),
        body.path("sequence").asLong(),
        body.path("gasUsed").asLong(),
        body.path("final").asBoolean(false));
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

  private static Answer all(Reply reply) {
    Reply.Decided decided = (Reply.Decided) reply;
    byte[] body =
        JsonBytes.write(
            json -> {
              json.writeStartObject();
              json.writeArrayPropertyStart("results");
              results(decided).forEach(result -> write(json, result));
              json.writeEndArray();
              json.writeEndObject();
            });
    return Answer.json(200, body, Map.of(), new Position(decided.position(), decided.epoch()));
  }

  private static void write(JsonGenerator json, GasResults.Result result) {
    json.writeStartObject();
    if (result instanceof Charged charged) {
      json.writeStringProperty("charged", charged.charged().toString());
      json.writeBooleanProperty("exhausted", charged.exhausted());
      json.writeName("receiptId");
      json.writeString(charged.receiptId());
    } else {
      json.writeName("problem");
      RefusalTable.problem(((RefusedReading) result).rejection()).writeTo(json);
    }
    json.writeEndObject();
  }
}
