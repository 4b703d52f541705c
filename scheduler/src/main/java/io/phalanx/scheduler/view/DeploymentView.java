package io.phalanx.scheduler.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phalanx.placement.Preference;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentEndReason;
import io.phalanx.scheduler.deployment.DeploymentSpec;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.deployment.Progress;
import io.phalanx.scheduler.deployment.Tiers;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.state.State;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.IsoDuration;
import io.phalanx.scheduler.unit.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as its developer sees it: the request, and what became of it.
 *
 * @param id its name
 * @param developer whose it is
 * @param state where it stands
 * @param name the developer's name for it, its id if none was given
 * @param codeHash Blake2b-256 of the code
 * @param codeUri where the miner finds the code
 * @param tiers the confidence levels accepted
 * @param minPerformance the lowest score accepted
 * @param replicas how many miners run it
 * @param minReplicas how many are needed for it to run at all
 * @param maxPerOperator how many of them one operator may own; 0 for any number
 * @param regions the regions accepted; empty for any
 * @param allowOperators the operators accepted; empty for any
 * @param denyOperators operators refused
 * @param preference what counts among miners that are accepted
 * @param maxGasPrice the bid
 * @param budget what it may cost in all
 * @param queueTimeout how long it may wait to be placed first
 * @param lifetime how long it runs from the first Running
 * @param labels the developer's labels
 * @param createdAt when it was created
 * @param endedAt when it ended
 * @param endReason why
 * @param spent what was charged
 * @param held what is bound for gas to come
 * @param assignments its live assignments and the newest ended ones; left out of lists and streams
 */
public record DeploymentView(
    DeploymentId id,
    String developer,
    DeploymentState state,
    String name,
    String codeHash,
    @Nullable String codeUri,
    Tiers tiers,
    int minPerformance,
    int replicas,
    int minReplicas,
    int maxPerOperator,
    List<String> regions,
    List<String> allowOperators,
    List<String> denyOperators,
    Preference preference,
    GasPrice maxGasPrice,
    Amount budget,
    @Nullable IsoDuration queueTimeout,
    IsoDuration lifetime,
    SortedMap<String, String> labels,
    String createdAt,
    @Nullable String endedAt,
    @Nullable DeploymentEndReason endReason,
    Amount spent,
    Amount held,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<AssignmentView> assignments)
    implements Answer {

  /** How many ended assignments a deployment shows. */
  public static final int NEWEST_ENDED = 100;

  /** The deployment without its assignments, as lists and streams show it. */
  public static DeploymentView of(Deployment deployment) {
    return with(deployment, null);
  }

  /** The deployment with the assignments that the state has, newest first. */
  public static DeploymentView of(Deployment deployment, State state) {
    List<AssignmentView> live = new ArrayList<>();
    List<AssignmentView> ended = new ArrayList<>();
    List<Assignment> all = state.assignments().of(deployment.id());
    for (int i = all.size() - 1; i >= 0; i--) {
      Assignment assignment = all.get(i);
      if (assignment.isLive()) {
        live.add(AssignmentView.of(assignment));
      } else if (ended.size() < NEWEST_ENDED) {
        ended.add(AssignmentView.of(assignment));
      }
    }
    live.addAll(ended);
    return with(deployment, live);
  }

  /** The deployment with those assignments. */
  public static DeploymentView with(
      Deployment deployment, @Nullable List<AssignmentView> assignments) {
    DeploymentSpec spec = deployment.spec();
    Progress.Ending ended = deployment.progress().ended();
    String name = spec.name();
    return new DeploymentView(
        deployment.id(),
        deployment.developer(),
        deployment.state(),
        name == null ? deployment.id().text() : name,
        spec.codeHash(),
        spec.codeUri(),
        spec.tiers(),
        spec.minPerformance(),
        spec.replicas(),
        spec.minReplicas(),
        spec.maxPerOperator(),
        spec.regions(),
        spec.allowOperators(),
        spec.denyOperators(),
        spec.preference(),
        spec.maxGasPrice(),
        spec.budget(),
        spec.queueTimeout(),
        spec.lifetime(),
        spec.labels(),
        Timestamps.text(deployment.createdAtMs()),
        ended == null ? null : Timestamps.text(ended.atMs()),
        ended == null ? null : ended.reason(),
        deployment.funds().spent(),
        deployment.funds().held(),
        assignments);
  }
}
