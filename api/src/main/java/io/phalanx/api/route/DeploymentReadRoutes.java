package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.read.DeploymentFilter;
import io.phalanx.api.read.PageRequest;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reading deployments: one, many, their assignments, their gas, and why they are where they are.
 */
final class DeploymentReadRoutes {
  private final Reads reads;

  DeploymentReadRoutes(Reads reads) {
    this.reads = reads;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of(
        "getDeployment", this::get,
        "listDeployments", this::list,
        "listAssignments", this::assignments,
        "getDeploymentGas", this::gas,
        "explainDeployment", this::explain);
  }

  private static DeploymentId id(Call call) {
    return new DeploymentId(call.path("id"));
  }

  private static Optional<String> owner(Call call) {
    return Optional.ofNullable(Callers.confinedTo(call));
  }

  Future<Answer> get(Call call) {
    return reads.blocking(
        () -> reads.deployments().find(id(call), owner(call)), DeploymentRoutes::notFound);
  }

  private Future<Answer> list(Call call) {
    PageRequest page = Reads.page(call);
    DeploymentFilter filter =
        new DeploymentFilter(
            WireNames.values(call.list("state"), DeploymentState.class),
            labels(call),
            Callers.developersAsked(call));
    return reads.blocking(() -> reads.deployments().list(filter, page));
  }

  private static Map<String, Set<String>> labels(Call call) {
    Map<String, Set<String>> labels = new HashMap<>();
    for (String label : call.list("label")) {
      int colon = label.indexOf(':');
      labels
          .computeIfAbsent(label.substring(0, colon), key -> new HashSet<>())
          .add(label.substring(colon + 1));
    }
    return labels;
  }

  private Future<Answer> assignments(Call call) {
    PageRequest page = Reads.page(call);
    return reads.blocking(
        () -> reads.deployments().assignments(id(call), owner(call), page),
        DeploymentRoutes::notFound);
  }

  private Future<Answer> gas(Call call) {
    return reads.blocking(
        () -> reads.deployments().gas(id(call), owner(call)), DeploymentRoutes::notFound);
  }

  private Future<Answer> explain(Call call) {
    Optional<MinerId> miner = Optional.ofNullable(call.query("miner")).map(MinerId::new);
    return reads.blocking(
        () -> reads.explanations().explain(id(call), owner(call), miner),
        () -> miner.isPresent() && isThere(call) ? MinerRoutes.notFound() : notFound());
  }

  private boolean isThere(Call call) {
    return reads.deployments().find(id(call), owner(call)).isPresent();
  }

  private static Problem notFound() {
    return DeploymentRoutes.notFound();
  }
}
