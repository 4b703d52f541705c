package io.phalanx.api.read;

import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a stream tells of. What is absent lets everything pass; all that is present must let it
 * pass.
 *
 * @param kinds only these kinds; empty for all
 * @param developer only what belongs to that developer: its deployments and their assignments
 * @param deploymentId only that deployment and its assignments
 * @param minerId only that miner and its assignments
 */
public record StreamFilter(
    Set<StreamKind> kinds,
    @Nullable String developer,
    @Nullable DeploymentId deploymentId,
    @Nullable MinerId minerId) {

  /** Everything. */
  public static final StreamFilter ALL = new StreamFilter(Set.of(), null, null, null);

  /** Copies the set. */
  public StreamFilter {
    kinds = Set.copyOf(kinds);
  }
}
