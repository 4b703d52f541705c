package io.phalanx.scheduler.audit;

import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.id.AssignmentId;
import io.phalanx.scheduler.id.DeploymentId;
import io.phalanx.scheduler.id.MinerId;
import io.phalanx.scheduler.policy.Policy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the audit knows, and the places that report what does not exist. */
final class Books {

  final Findings findings;
  final Money money;
  final Map<MinerId, MinerFacts> miners = new LinkedHashMap<>();
  final Map<DeploymentId, DeploymentFacts> deployments = new HashMap<>();
  final Map<AssignmentId, AssignmentFacts> assignments = new HashMap<>();
  final Map<AssignmentId, AssignmentFacts> live = new LinkedHashMap<>();
  final Set<DeploymentFacts> lacking = new LinkedHashSet<>();
  final Set<DeploymentId> quoteHolders = new HashSet<>();
  Policy policy = Policy.DEFAULT;

  /** How many miners are held for deployments that gather. */
  int held;

  /** How many miners are not Stopped. */
  int notStopped;

  /** The shortest wait for last readings there was: an assignment is awaited at least that long. */
  long shortestWaitMs = policy.gas().finalReadingWait().toMillis();

  Books(Findings findings) {
    this.findings = findings;
    this.money = new Money(findings);
  }

  @Nullable MinerFacts miner(MinerId id) {
    MinerFacts miner = miners.get(id);
    if (miner == null) {
      findings.report(8, "miner " + id + " was never registered");
    }
    return miner;
  }

  @Nullable DeploymentFacts deployment(DeploymentId id) {
    DeploymentFacts deployment = deployments.get(id);
    if (deployment == null) {
      findings.report(8, "deployment " + id + " was never created");
    }
    return deployment;
  }

  @Nullable AssignmentFacts assignment(AssignmentId id) {
    AssignmentFacts assignment = assignments.get(id);
    if (assignment == null) {
      findings.report(8, "assignment " + id + " was never offered");
    }
    return assignment;
  }

  /** Something about the deployment or its slots has changed. */
  void changed(DeploymentFacts deployment, Moment moment) {
    deployment.changedAt = moment.position();
    if (deployment.lacks()) {
      lacking.add(deployment);
    } else {
      lacking.remove(deployment);
    }
  }
}
