package io.phalanx.scheduler.gathering;

import io.phalanx.scheduler.event.CorruptStateException;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringBegan;
import io.phalanx.scheduler.event.DeploymentEvent.GatheringEnded;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.DeploymentId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All deployments that gather or rest from it. {@code apply} only writes and never refuses. */
public final class Gatherings {

  private final SortedMap<DeploymentId, Gathering> byDeployment = new TreeMap<>();
  private int gathering;
  private long changes;

  /** Takes over gatherings from a snapshot. */
  public void restore(List<Gathering> gatherings) {
    gatherings.forEach(this::put);
  }

  /** All of them in the order of their deployments' names. */
  public List<Gathering> image() {
    return List.copyOf(byDeployment.values());
  }

  /** That of the deployment. */
  public Optional<Gathering> find(DeploymentId deployment) {
    return Optional.ofNullable(byDeployment.get(deployment));
  }

  /** Whether any deployment gathers now. */
  public boolean isAnyGathering() {
    return gathering > 0;
  }

  /** Those that gather now, in the order of their deployments' names. */
  public List<DeploymentId> active() {
    return gathering == 0
        ? List.of()
        : byDeployment.values().stream()
            .filter(one -> !one.rests())
            .map(Gathering::deploymentId)
            .toList();
  }

  /** Rises with every beginning and end, so that what was derived from them can be kept. */
  public long changes() {
    return changes;
  }

  /** It begins. */
  public void apply(GatheringBegan event, Moment moment) {
    Gathering before = byDeployment.get(event.deploymentId());
    if (before != null && !before.rests()) {
      throw new CorruptStateException(event, moment, "it gathers already");
    }
    put(new Gathering(event.deploymentId(), false, event.untilMs()));
  }

  /** It ends, and rests. */
  public void apply(GatheringEnded event, Moment moment) {
    Gathering before = byDeployment.get(event.deploymentId());
    if (before == null || before.rests()) {
      throw new CorruptStateException(event, moment, "it does not gather");
    }
    put(new Gathering(event.deploymentId(), true, event.restsUntilMs()));
  }

  /** The deployment was placed, or has ended. */
  public void forget(DeploymentId deployment) {
    Gathering before = byDeployment.remove(deployment);
    if (before != null) {
      gathering -= before.rests() ? 0 : 1;
      changes++;
    }
  }

  private void put(Gathering next) {
    Gathering before = byDeployment.put(next.deploymentId(), next);
    gathering += (next.rests() ? 0 : 1) - (before == null || before.rests() ? 0 : 1);
    changes++;
  }
}
