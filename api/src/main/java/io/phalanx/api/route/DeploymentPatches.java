package io.phalanx.api.route;

import io.phalanx.api.contract.Contract;
import io.phalanx.api.contract.Operation;
import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.json.Parsed;
import io.phalanx.api.json.StrictJson;
import io.phalanx.api.problem.Fault;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.route.Gateway.Success;
import io.phalanx.scheduler.command.DeploymentCommand.ChangeDeployment;
import io.phalanx.scheduler.decide.Outcome;
import io.phalanx.scheduler.decision.Refusal;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.engine.Reply;
import io.phalanx.scheduler.id.DeploymentId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes to deployments: RFC 7396, made from the specification as it stands. */
final class DeploymentPatches {
  /** Times a change is made again because somebody else's came first. */
  private static final int ATTEMPTS = 5;

  private final Services services;
  private final Operation create;

  DeploymentPatches(Services services) {
    this.services = services;
    this.create = operation(services.contract());
  }

  private static Operation operation(Contract contract) {
    return contract.operations().stream()
        .filter(operation -> operation.id().equals("createDeployment"))
        .findFirst()
        .orElseThrow();
  }

  Future<Answer> patch(Call call, DeploymentId id) {
    return attempt(call, id, ATTEMPTS);
  }

  private Future<Answer> attempt(Call call, DeploymentId id, int left) {
    Optional<Deployment> found =
        services.engine().replica().read(state -> state.deployments().find(id));
    if (found.isEmpty()) {
      return Future.succeededFuture(Answer.problem(DeploymentRoutes.notFound()));
    }
    DeploymentSpec before = found.get().spec();
    Parsed merged = merged(before, call.body());
    if (!(merged instanceof Parsed.Document document)) {
      throw new IllegalStateException("a merge of two documents is one: " + merged);
    }
    List<Fault> faults = create.bodyFaults(document);
    if (!faults.isEmpty()) {
      return Future.succeededFuture(Answer.problem(Problem.invalid(faults)));
    }
    ChangeDeployment command =
        new ChangeDeployment(found.get().developer(), id, before, SpecJson.spec(document.root()));
    return services.gateway().reply(call, command).compose(reply -> again(reply, call, id, left));
  }

  private Future<Answer> again(Reply reply, Call call, DeploymentId id, int left) {
    boolean overtaken =
        reply instanceof Reply.Decided decided
            && decided.outcome() instanceof Outcome.Refused refused
            && refused.rejection().refusal() == Refusal.DEPLOYMENT_HAS_CHANGED;
    if (!overtaken || left <= 1) {
      return Future.succeededFuture(Gateway.answer(reply, Success.OK));
    }
    Promise<Answer> promise = Promise.promise();
    long position = ((Reply.Decided) reply).position();
    services
        .engine()
        .replica()
        .whenAt(
            position,
            () ->
                call.loop().execute(() -> attempt(call.again(), id, left - 1).onComplete(promise)));
    return promise.future();
  }

  /** The request that would ask for what stands, merged with the patch. */
  private static Parsed merged(DeploymentSpec before, JsonNode patch) {
    ObjectNode current =
        (ObjectNode) ((Parsed.Document) StrictJson.parse(Show.bytes(before))).root();
    withoutNulls(current);
    boolean followsReplicas = before.minReplicas() == before.replicas();
    merge(current, patch);
    if (patch.has("replicas") && !patch.has("minReplicas") && followsReplicas) {
      current.set(
          "minReplicas",
          current.path("replicas").isMissingNode()
              ? tools.jackson.databind.node.JsonNodeFactory.instance.numberNode(1)
              : current.path("replicas"));
    }
    return new Parsed.Document(current, false);
  }

  private static void withoutNulls(ObjectNode object) {
    List.copyOf(object.propertyNames())
        .forEach(
            name -> {
              if (object.path(name).isNull()) {
                object.remove(name);
              }
            });
  }

  private static void merge(ObjectNode target, JsonNode patch) {
    patch.forEachEntry(
        (name, value) -> {
          if (value.isNull()) {
            target.remove(name);
          } else if (value.isObject()) {
            merge(target.withObjectProperty(name), value);
          } else {
            target.set(name, value);
          }
        });
  }
}
