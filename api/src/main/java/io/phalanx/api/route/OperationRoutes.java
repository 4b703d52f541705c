package io.phalanx.api.route;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.phalanx.api.contract.Contract;
import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.http.NodeView;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Health, metrics, and what describes the service itself. */
public final class OperationRoutes {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final NodeView node;
  private final PrometheusMeterRegistry registry;
  private final byte[] document;

  /** Routes that need no engine. */
  public OperationRoutes(Contract contract, NodeView node, PrometheusMeterRegistry registry) {
    this.node = node;
    this.registry = registry;
    this.document = contract.document().toString().getBytes(StandardCharsets.UTF_8);
  }

  /** By operationId. */
  public Map<String, Endpoint> endpoints(boolean withEcho) {
    Map<String, Endpoint> endpoints = new HashMap<>();
    endpoints.put("live", call -> health(200, NodeView.Health.UP, Optional.empty()));
    endpoints.put("ready", call -> ready());
    endpoints.put("metrics", call -> whole(PROMETHEUS, registry.scrape()));
    endpoints.put("openapi", call -> done(Answer.json(200, document, Map.of(), node.position())));
    endpoints.put("problem", OperationRoutes::problem);
    if (withEcho) {
      endpoints.put("echoDeployment", OperationRoutes::echo);
    }
    return endpoints;
  }

  private static Future<Answer> done(Answer answer) {
    return Future.succeededFuture(answer);
  }

  private Future<Answer> ready() {
    NodeView.Health health = node.health();
    return health(health == NodeView.Health.UP ? 200 : 503, health, node.reason());
  }

  private static Future<Answer> health(
      int status, NodeView.Health health, Optional<String> reason) {
    String name = health.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return done(
        Answer.json(
            status,
            json -> {
              json.writeStartObject();
              json.writeStringProperty("status", name);
              reason.ifPresent(sentence -> json.writeStringProperty("reason", sentence));
              json.writeEndObject();
            }));
  }

  private Future<Answer> whole(String type, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return done(new Answer.Whole(200, type, body, Map.of(), node.position()));
  }

  private static Future<Answer> problem(Call call) {
    for (ProblemKind kind : ProblemKind.values()) {
      if (kind.wireName().equals(call.path("name"))) {
        return done(
            Answer.json(
                200,
                json -> {
                  json.writeStartObject();
                  json.writeStringProperty("type", kind.type());
                  json.writeStringProperty("title", kind.title());
                  json.writeNumberProperty("status", kind.status());
                  json.writeStringProperty("advice", kind.advice());
                  json.writeEndObject();
                }));
      }
    }
    return done(Answer.problem(Problem.of(ProblemKind.NOT_FOUND, "There is no such problem.")));
  }

  /** Parsed, validated, read and written like a deployment, but neither decided nor kept. */
  private static Future<Answer> echo(Call call) {
    byte[] body = Show.bytes(SpecJson.spec(call.body()));
    return done(new Answer.Whole(201, Answer.JSON, body, Map.of(), null));
  }
}
