package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.http.Endpoint;
import io.phalanx.api.read.ExplanationView;
import io.phalanx.api.read.Explanations;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** Why a deployment is where it is, or where it would be. Solves rounds, so beside the loops. */
final class ExplanationRoutes {
  private final Past past;
  private final Committed committed;
  private final Explanations explanations;

  ExplanationRoutes(Past past, Committed committed, Explanations explanations) {
    this.past = past;
    this.committed = committed;
    this.explanations = explanations;
  }

  Map<String, Endpoint> endpoints() {
    return Map.of("explainDeployment", this::explain);
  }

  private Future<Answer> explain(Call call) {
    DeploymentId id = new DeploymentId(call.path("id"));
    Optional<MinerId> miner = Optional.ofNullable(call.query("miner")).map(MinerId::new);
    Optional<String> developer = Optional.ofNullable(Callers.confinedTo(call));
    return past.look(
        () -> {
          Seen<Integer> before = committed.read(state -> 0);
          return explanations
              .explain(id, developer, miner)
              .<Answer>map(view -> Show.ok(view, before.at()))
              .orElseGet(() -> Answer.problem(DeploymentRoutes.notFound(), before.at()));
        });
  }

  /** What the request would meet now; nothing is kept. */
  Future<Answer> dryRun(DeploymentSpec spec) {
    return past.look(
        () -> {
          Seen<Integer> before = committed.read(state -> 0);
          ExplanationView view = explanations.dryRun(spec);
          return Show.ok(view, before.at());
        });
  }
}
