package io.phalanx.api.read;

import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.state.Change;
import io.phalanx.scheduler.state.Change.AssignmentChange;
import io.phalanx.scheduler.state.Change.BudgetChange;
import io.phalanx.scheduler.state.Change.DeploymentChange;
import io.phalanx.scheduler.state.Change.MinerChange;
import io.phalanx.scheduler.state.Change.QuoteChange;
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
 * @param sight only what its caller may see of miners and settlements
 */
public record StreamFilter(
    Set<StreamKind> kinds,
    @Nullable String developer,
    @Nullable DeploymentId deploymentId,
    @Nullable MinerId minerId,
    Sight sight) {

  /** Everything. */
  public static final StreamFilter ALL = new StreamFilter(Set.of(), null, null, null);

  /** A filter for a caller that may see everything. */
  public StreamFilter(
      Set<StreamKind> kinds,
      @Nullable String developer,
      @Nullable DeploymentId deploymentId,
      @Nullable MinerId minerId) {
    this(kinds, developer, deploymentId, minerId, Sight.ALL);
  }

  /** Everything that a caller may see. */
  public static StreamFilter of(Set<StreamKind> kinds, @Nullable String developer, Sight sight) {
    return new StreamFilter(kinds, developer, null, null, sight);
  }

  /** Copies the set. */
  public StreamFilter {
    kinds = Set.copyOf(kinds);
  }

  boolean wants(StreamKind kind) {
    return kinds.isEmpty() || kinds.contains(kind);
  }

  boolean wantsOf(String owner) {
    return developer == null || developer.equals(owner);
  }

  /** Whether the stream tells of the change. */
  boolean wants(Change any) {
    if (StreamKind.of(any).filter(this::wants).isEmpty() || !isSeen(any)) {
      return false;
    }
    if (any instanceof DeploymentChange change) {
      return wantsOf(change.deployment().developer())
          && minerId == null
          && passes(deploymentId, change.deployment().id());
    }
    if (any instanceof BudgetChange change) {
      return wantsOf(change.deployment().developer())
          && minerId == null
          && passes(deploymentId, change.deployment().id());
    }
    if (any instanceof AssignmentChange change) {
      return wantsOf(change.developer())
          && passes(deploymentId, change.assignment().deploymentId())
          && passes(minerId, change.assignment().minerId());
    }
    if (any instanceof QuoteChange change) {
      return wantsOf(change.quote().developer()) && deploymentId == null && minerId == null;
    }
    boolean ofNobody = developer == null && deploymentId == null;
    if (any instanceof MinerChange change) {
      return ofNobody && passes(minerId, change.miner().id());
    }
    return ofNobody && minerId == null;
  }

  /** Of one miner that is another's, changes of its public part are seen. */
  private boolean isSeen(Change any) {
    return sight.sees(any) || (any instanceof MinerChange && minerId != null);
  }

  private static <T> boolean passes(@Nullable T wanted, T actual) {
    return wanted == null || wanted.equals(actual);
  }
}
