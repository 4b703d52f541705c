package io.phalanx.api.read;

import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentState;
import java.util.Map;
import java.util.Set;

/**
 * Which deployments are wanted. What is empty or absent lets everything pass; several filters must
 * all let it pass.
 *
 * @param states any of these states
 * @param labels for every key here, any of its values: one key widens, another key narrows
 * @param developers whose they are; empty for everybody's
 */
public record DeploymentFilter(
    Set<DeploymentState> states, Map<String, Set<String>> labels, Set<String> developers) {

  /** Everybody's deployments. */
  public static final DeploymentFilter ALL = new DeploymentFilter(Set.of(), Map.of(), Set.of());

  /** Copies the sets. */
  public DeploymentFilter {
    states = Set.copyOf(states);
    labels = Map.copyOf(labels);
    developers = Set.copyOf(developers);
  }

  boolean accepts(Deployment deployment) {
    return (developers.isEmpty() || developers.contains(deployment.developer()))
        && (states.isEmpty() || states.contains(deployment.state()))
        && hasLabels(deployment);
  }

  private boolean hasLabels(Deployment deployment) {
    Map<String, String> own = deployment.spec().labels();
    return labels.entrySet().stream()
        .allMatch(
            wanted -> {
              String value = own.get(wanted.getKey());
              return value != null && wanted.getValue().contains(value);
            });
  }

  /** Whose deployments to look through: the only developer's, or empty for everybody's. */
  String soleDeveloper() {
    return developers.size() == 1 ? developers.iterator().next() : "";
  }

  /** Whether an ended deployment could pass. */
  boolean acceptsEnded() {
    return states.isEmpty() || states.contains(DeploymentState.ENDED);
  }

  /** Whether only ended deployments can pass. */
  boolean acceptsOnlyEnded() {
    return states.equals(Set.of(DeploymentState.ENDED));
  }
}
