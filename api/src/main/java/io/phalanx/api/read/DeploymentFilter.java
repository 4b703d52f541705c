package io.phalanx.api.read;

import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.deployment.DeploymentState;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which deployments are wanted. What is empty or absent lets everything pass; several filters must
 * all let it pass.
 *
 * @param states any of these states
 * @param labels for every key here, any of its values: one key widens, another key narrows
 * @param developer whose they are; none for everybody's
 */
public record DeploymentFilter(
    Set<DeploymentState> states, Map<String, Set<String>> labels, @Nullable String developer) {

  /** Everybody's deployments. */
  public static final DeploymentFilter ALL = new DeploymentFilter(Set.of(), Map.of(), null);

  /** Copies the sets. */
  public DeploymentFilter {
    states = Set.copyOf(states);
    labels = Map.copyOf(labels);
  }

  boolean accepts(Deployment deployment) {
    return (developer == null || developer.equals(deployment.developer()))
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

  /** Whose history to look through; empty for everybody's. */
  String developerOrAll() {
    return developer == null ? "" : developer;
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
