package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.problem.Fault;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.api.route.Gateway.Success;
import io.phalanx.scheduler.command.DeploymentCommand.CancelDeployment;
import io.phalanx.scheduler.command.DeploymentCommand.CreateDeployment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.view.DeploymentView;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asking for a deployment, changing it, ending it. */
final class DeploymentRoutes {
  private static final Success CREATED =
      new Success(201, answer -> "/v1/deployments/" + idOf(answer));

  private static final Fault NO_TRIAL =
      Fault.query("dryRun", "must not come with a quote, whose price is firm already");

  private final Services services;
  private final Reads reads;
  private final DeploymentReadRoutes readRoutes;
  private final DeploymentPatches patches;
  private final QuoteRoutes quotes;

  DeploymentRoutes(
      Services services, Reads reads, DeploymentReadRoutes readRoutes, QuoteRoutes quotes) {
    this.services = services;
    this.reads = reads;
    this.readRoutes = readRoutes;
    this.patches = new DeploymentPatches(services);
    this.quotes = quotes;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "createDeployment", this::create,
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
    if (call.body().has("quote")) {
      return call.flag("dryRun")
          ? Future.succeededFuture(Answer.problem(Problem.invalid(List.of(NO_TRIAL))))
          : quotes.redeem(call, CREATED);
    }
    DeploymentSpec spec = SpecJson.spec(call.body());
    if (call.flag("dryRun")) {
      return reads.blocking(() -> reads.explanations().dryRun(spec));
    }
    CreateDeployment command =
        new CreateDeployment(Callers.creator(call), spec, Callers.startingBalance(call));
    return services.gateway().submit(call, command, CREATED);
  }

  private Future<Answer> delete(Call call) {
    DeploymentId id = new DeploymentId(call.path("id"));
    Optional<Deployment> known = find(call, id);
    if (known.isEmpty()) {
      return readRoutes.get(call); // what has ended long ago is answered as it ended
    }
    CancelDeployment command = new CancelDeployment(known.get().developer(), id);
    return services.gateway().submit(call, command, Success.OK);
  }

  private Future<Answer> patch(Call call) {
    DeploymentId id = new DeploymentId(call.path("id"));
    if (find(call, id).isPresent()) {
      return patches.patch(call, id);
    }
    return readRoutes.get(call).map(DeploymentRoutes::hasEnded);
  }

  /** Only what has ended leaves the state. */
  private static Answer hasEnded(Answer found) {
    boolean isThere = found instanceof Answer.Whole whole && whole.status() == 200;
    return isThere
        ? Answer.problem(Problem.of(ProblemKind.CONFLICT, "The deployment has ended."))
        : found;
  }

  private Optional<Deployment> find(Call call, DeploymentId id) {
    return services
        .engine()
        .replica()
        .read(state -> state.deployments().find(id))
        .filter(deployment -> Callers.may(call, deployment.developer()));
  }
}
