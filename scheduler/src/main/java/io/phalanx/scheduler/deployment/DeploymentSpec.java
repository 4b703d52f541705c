package io.phalanx.scheduler.deployment;

import io.phalanx.placement.Preference;
import io.phalanx.scheduler.unit.Amount;
import io.phalanx.scheduler.unit.GasPrice;
import io.phalanx.scheduler.unit.IsoDuration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a developer asks for: the deployment request with its defaults filled in.
 *
 * @param name the developer's name for it; none: its id
 * @param codeHash Blake2b-256 of the code, 0x and 64 hex digits
 * @param codeUri where the miner finds the code
 * @param tiers the confidence levels accepted
 * @param minPerformance the lowest benchmark score accepted
 * @param replicas how many miners run it, 1..1000
 * @param minReplicas how many are needed for it to run at all, 1..replicas
 * @param maxPerOperator how many of them one operator may own; 0 for any number
 * @param regions the regions accepted; empty for any
 * @param allowOperators the operators accepted; empty for any
 * @param denyOperators operators refused
 * @param preference what counts among miners that are accepted
 * @param maxGasPrice the bid, more than 0
 * @param budget what it may cost in all, more than 0
 * @param queueTimeout how long it may wait to be placed first; none: for ever
 * @param lifetime how long it runs from the first Running
 * @param labels the developer's labels, in the order of their keys
 */
public record DeploymentSpec(
    @Nullable String name,
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
    SortedMap<String, String> labels) {

  /** Copies the collections and refuses counts that no deployment can have. */
  public DeploymentSpec {
    if (replicas < 1 || minReplicas < 1 || minReplicas > replicas || maxPerOperator < 0) {
      throw new IllegalArgumentException("replicas " + minReplicas + ".." + replicas);
    }
    regions = List.copyOf(regions);
    allowOperators = List.copyOf(allowOperators);
    denyOperators = List.copyOf(denyOperators);
    labels =
        labels.isEmpty()
            ? Collections.emptySortedMap()
            : Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(labels)));
  }

  /** The same with another budget. */
  public DeploymentSpec withBudget(Amount next) {
    return new DeploymentSpec(
        name,
        codeHash,
        codeUri,
        tiers,
        minPerformance,
        replicas,
        minReplicas,
        maxPerOperator,
        regions,
        allowOperators,
        denyOperators,
        preference,
        maxGasPrice,
        next,
        queueTimeout,
        lifetime,
        labels);
  }

  /** The same under another name and with other labels. */
  public DeploymentSpec called(@Nullable String nextName, SortedMap<String, String> nextLabels) {
    return new DeploymentSpec(
        nextName,
        codeHash,
        codeUri,
        tiers,
        minPerformance,
        replicas,
        minReplicas,
        maxPerOperator,
        regions,
        allowOperators,
        denyOperators,
        preference,
        maxGasPrice,
        budget,
        queueTimeout,
        lifetime,
        nextLabels);
  }

  /**
   * Whether both ask for the same placement: only then does a change keep its place in the queue.
   */
  public boolean competesLike(DeploymentSpec other) {
    return tiers.equals(other.tiers)
        && minPerformance == other.minPerformance
        && replicas == other.replicas
        && minReplicas == other.minReplicas
        && maxPerOperator == other.maxPerOperator
        && regions.equals(other.regions)
        && allowOperators.equals(other.allowOperators)
        && denyOperators.equals(other.denyOperators)
        && preference == other.preference
        && maxGasPrice.equals(other.maxGasPrice);
  }

  /** Whether only what may be changed at any time differs: budget, time-outs and labels. */
  public boolean differsOnlyInTermsFrom(DeploymentSpec other) {
    return competesLike(other)
        && Objects.equals(name, other.name)
        && codeHash.equals(other.codeHash)
        && Objects.equals(codeUri, other.codeUri);
  }
}
