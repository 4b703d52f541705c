package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.route.Gateway.Success;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.view.DeploymentView;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** Deployments: asking for one, reading it, ending it. */
final class DeploymentRoutes {
  private static final Success CREATED =
      new Success(201, answer -> "/v1/deployments/" + idOf(answer));

  private final Services services;
  private final Past past;
  private final ExplanationRoutes explanations;
  private final DeploymentPatches patches;

  DeploymentRoutes(Services services, Past past, ExplanationRoutes explanations) {
    this.services = services;
    this.past = past;
    this.explanations = explanations;
    this.patches = new DeploymentPatches(services);
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "createDeployment", this::create,
        "getDeployment", this::get,
        "deleteDeployment", this::delete,
        "patchDeployment", this::patch);
  }

  static Problem notFound() {
    return Problem.of(ProblemKind.NOT_FOUND, "You have no deployment of that id.");
  }

  private static String idOf(io.phalanx.scheduler.view.Answer answer) {
    return answer instanceof DeploymentView view
        ? view.id().text()
        : ((io.phalanx.scheduler.view.Answer.Stored) answer).body().path("id").asText();
  }

  private Future<Answer> create(Call call) {
    if (call.flag("dryRun")) {
      return explanations.dryRun(SpecJson.spec(call.body()));
    }
    CreateDeployment command =
        new CreateDeployment(
            Callers.creator(call), SpecJson.spec(call.body()), Callers.STARTING_BALANCE);
    return services.gateway().submit(call, command, CREATED);
  }

  private Future<Answer> get(Call call) {
    DeploymentId id = new DeploymentId(call.path("id"));
    Seen<Optional<DeploymentView>> seen =
        services
            .committed()
            .read(
                state ->
                    state
                        .deployments()
                        .find(id)
                        .filter(deployment -> Callers.may(call, deployment.developer()))
                        .map(deployment -> DeploymentView.of(deployment, state)));
    if (seen.value().isPresent()) {
      return Future.succeededFuture(Show.ok(seen.value().get(), seen.at()));
    }
    return past.deployment(call, id)
        .map(
            found ->
                found == null ? Answer.problem(notFound(), seen.at()) : Show.ok(found, seen.at()));
  }

  private Future<Answer> delete(Call call) {
    DeploymentId id = new DeploymentId(call.path("id"));
    Optional<Deployment> known = find(call, id);
    if (known.isEmpty()) {
      return get(call); // what has ended long ago is answered as it ended
    }
    CancelDeployment command = new CancelDeployment(known.get().developer(), id);
    return services.gateway().submit(call, command, Success.OK);
  }

  private Future<Answer> patch(Call call) {
    DeploymentId id = new DeploymentId(call.path("id"));
    if (find(call, id).isPresent()) {
      return patches.patch(call, id);
    }
    return past.deployment(call, id)
        .map(
            found ->
                Answer.problem(
                    found == null
                        ? notFound()
                        : Problem.of(ProblemKind.CONFLICT, "The deployment has ended.")));
  }

  private Optional<Deployment> find(Call call, DeploymentId id) {
    return services
        .committed()
        .read(state -> state.deployments().find(id))
        .value()
        .filter(deployment -> Callers.may(call, deployment.developer()));
  }
}
