package io.phalanx.api.read;

import io.phalanx.placement.explain.WaitObservations;
import io.phalanx.scheduler.deployment.Assignment;
import io.phalanx.scheduler.deployment.Deployment;
import io.phalanx.scheduler.engine.Replica;
import io.phalanx.scheduler.engine.StampedChange;
import io.phalanx.scheduler.round.PlacementFacts;
import io.phalanx.scheduler.state.Change.AssignmentChange;
import io.phalanx.scheduler.state.Change.DeploymentChange;

/** Sees in committed changes what waiting times are estimated from. */
final class WaitWatch {
  private final WaitObservations observations;

  private WaitWatch(WaitObservations observations) {
    this.observations = observations;
  }

  /** Observes from now on. */
  static WaitObservations of(Replica replica, long nowMs) {
    WaitObservations observations = new WaitObservations(nowMs);
    replica.onCommitted(new WaitWatch(observations)::committed);
    return observations;
  }

  private void committed(Replica.CommittedBatch batch) {
    for (StampedChange stamped : batch.changes()) {
      if (stamped.change() instanceof AssignmentChange change) {
        see(change.assignment(), stamped);
      } else if (stamped.change() instanceof DeploymentChange change) {
        see(change.deployment(), stamped);
      }
    }
  }

  /** Last readings come after the end and change it as well. */
  private void see(Assignment assignment, StampedChange stamped) {
    Assignment.Ending ended = assignment.ended();
    if (ended != null && ended.position() == stamped.moment().position()) {
      observations.freed(assignment.minerId().text(), stamped.moment().atMs());
    }
  }

  private void see(Deployment deployment, StampedChange stamped) {
    if (deployment.createdPosition() == stamped.moment().position()) {
      observations.arrived(PlacementFacts.wish(deployment), stamped.moment().atMs());
    }
  }
}
