package io.phalanx.scheduler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.phalanx.scheduler.deployment.AssignmentState;
import io.phalanx.scheduler.deployment.DeploymentState;
import io.phalanx.scheduler.event.Moment;
import io.phalanx.scheduler.miner.MinerState;
import io.phalanx.scheduler.state.Change;
import io.phalanx.scheduler.state.ChangeListener;
import io.phalanx.scheduler.world.Moves;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Follows a replica's changes: nothing moves but as the tables say. */
final class MoveWatch implements ChangeListener {

  private static final Map<MinerState, Set<MinerState>> MINERS = Moves.ofMiners();
  private static final Map<AssignmentState, Set<AssignmentState>> ASSIGNMENTS =
      Moves.ofAssignments();
  private static final Map<DeploymentState, Set<DeploymentState>> DEPLOYMENTS =
      Moves.ofDeployments();

  private final Map<String, MinerState> miners = new HashMap<>();
  private final Map<String, AssignmentState> assignments = new HashMap<>();
  private final Map<String, DeploymentState> deployments = new HashMap<>();
  private final Tally tally;

  MoveWatch(Tally tally) {
    this.tally = tally;
  }

  @Override
  public void changed(Moment moment, Change change) {
    if (change instanceof Change.MinerChange m) {
      follow(miners, MINERS, m.miner().id().text(), m.miner().state());
    } else if (change instanceof Change.AssignmentChange a) {
      follow(assignments, ASSIGNMENTS, a.assignment().id().text(), a.assignment().state());
    } else if (change instanceof Change.DeploymentChange d) {
      follow(deployments, DEPLOYMENTS, d.deployment().id().text(), d.deployment().state());
    }
  }

  private <E extends Enum<E>> void follow(
      Map<String, E> known, Map<E, Set<E>> table, String id, E now) {
    E before = known.put(id, now);
    if (before != null && before != now) {
      assertThat(table.get(before)).as("%s from %s to %s", id, before, now).contains(now);
      tally.add("moved: " + now.getDeclaringClass().getSimpleName() + " " + before + " to " + now);
    }
  }
}
