package io.phalanx.api.route;

import io.phalanx.api.http.Answer;
import io.phalanx.api.http.Call;
import io.phalanx.api.problem.Problem;
import io.phalanx.api.problem.ProblemKind;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.vertx.core.Future;

/** Why a deployment is where it is. */
final class Explanations {
  Future<Answer> dryRun(Call call, DeploymentSpec spec) {
    return Future.succeededFuture(
        Answer.problem(Problem.of(ProblemKind.NO_LEADER, "not yet " + call.requestId() + spec)));
  }
}
